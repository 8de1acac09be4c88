-- reset
UPDATE counters AS counters
SET
  hits = DEFAULT,
  note = DEFAULT
WHERE counters.id < 3
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note;

-- save
UPDATE counters AS counters
SET
  hits = DEFAULT,
  note = DEFAULT,
  code = @p1
WHERE counters.id = @p2
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note;
INSERT OR IGNORE INTO counters (id, code, hits, note)
VALUES (@p1, @p2, 1, 'new')
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note;

-- calm_down
UPDATE users AS users
SET
  mood = DEFAULT,
  name = DEFAULT
WHERE users.id < 3
THEN RETURN
  users.id AS id,
  users.name AS name,
  users.mood AS mood;

-- forget
UPDATE posts AS posts
SET
  state = DEFAULT,
  tags = DEFAULT,
  views = DEFAULT,
  score = DEFAULT
WHERE posts.id < 13
THEN RETURN
  posts.id AS id,
  posts.state AS state,
  posts.tags AS tags,
  posts.views AS views,
  posts.score AS score;

-- add_token
INSERT INTO tokens (id, note)
VALUES (@p1, @p2);

-- see_again
UPDATE tokens AS tokens
SET seen = DEFAULT
WHERE tokens.seen IS NOT NULL
THEN RETURN
  tokens.note AS note,
  tokens.seen > TIMESTAMP '2020-01-01T00:00:00Z' AS is_new;
