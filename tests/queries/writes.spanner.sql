-- add_rows
INSERT INTO counters (id, code, hits, note)
VALUES
  (@p1, @p2, @p3, @p4)
THEN RETURN
  counters.id AS id,
  counters.hits AS hits,
  counters.note AS note;

-- add
INSERT INTO counters (id, code, note)
VALUES (@p1, @p2, 'new')
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits;

-- add_two
INSERT INTO counters (id, code, hits)
VALUES
  (40, 'p', DEFAULT),
  (41, 'q', 2);

-- put
UPDATE counters AS counters
SET code = @p1
WHERE counters.id = @p2
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note;
INSERT OR IGNORE INTO counters (id, code, hits)
VALUES (@p1, @p2, 100)
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note;

-- hit
UPDATE counters AS counters
SET hits = counters.hits + 1
WHERE counters.code = @p1
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits;
INSERT INTO counters (code, id, hits)
SELECT @p1, 60, 1
FROM (SELECT 1 AS one) AS one
WHERE NOT EXISTS (
  SELECT 1
  FROM counters AS taken
  WHERE taken.code = @p1
)
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits;

-- put_new
INSERT OR IGNORE INTO counters (id, code, hits, note)
VALUES (@p1, @p2, @p3, @p4)
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note;

-- put_new_codes
INSERT INTO counters (code, id, hits, note)
SELECT @p1, @p2, @p3, @p4
FROM (SELECT 1 AS one) AS one
WHERE NOT EXISTS (
  SELECT 1
  FROM counters AS taken
  WHERE taken.code = @p1
)
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note;

-- put_all
UPDATE counters AS counters
SET note = @p1
WHERE counters.id = @p2
  AND counters.hits < 1000
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note;
INSERT OR IGNORE INTO counters (id, code, hits, note)
VALUES (@p1, @p2, @p3, @p4)
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note;

-- put_by_code
UPDATE counters AS counters
SET hits = @p1
WHERE counters.code = @p2
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note;
INSERT INTO counters (code, id, hits, note)
SELECT @p1, @p2, @p3, @p4
FROM (SELECT 1 AS one) AS one
WHERE NOT EXISTS (
  SELECT 1
  FROM counters AS taken
  WHERE taken.code = @p1
)
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note;

-- copy_users
INSERT INTO counters (id, code)
SELECT
  users.id + 1000,
  users.email
FROM users AS users
WHERE users.id < 3
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits;

-- copy_again
UPDATE counters AS counters
SET
  hits = (
    SELECT excluded.hits
    FROM (
      SELECT
        users.id + 1000 AS id,
        users.email || '!' AS code,
        users.id AS hits
      FROM users AS users
    ) AS excluded
    WHERE counters.id = excluded.id
  ) + 1,
  note = (
    SELECT excluded.code
    FROM (
      SELECT
        users.id + 1000 AS id,
        users.email || '!' AS code,
        users.id AS hits
      FROM users AS users
    ) AS excluded
    WHERE counters.id = excluded.id
  )
WHERE (
  SELECT TRUE
  FROM (
    SELECT
      users.id + 1000 AS id,
      users.email || '!' AS code,
      users.id AS hits
    FROM users AS users
  ) AS excluded
  WHERE counters.id = excluded.id
    AND counters.hits < 100
)
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note;
INSERT INTO counters (id, code, hits)
SELECT
  excluded.id,
  excluded.code,
  excluded.hits
FROM (
  SELECT
    users.id + 1000 AS id,
    users.email || '!' AS code,
    users.id AS hits
  FROM users AS users
) AS excluded
WHERE NOT EXISTS (
  SELECT 1
  FROM counters AS taken
  WHERE taken.id = excluded.id
)
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note;

-- copy_by_code
UPDATE counters AS counters
SET hits = (
  SELECT excluded.hits
  FROM (
    SELECT
      users.id + 2000 AS id,
      users.email AS code,
      users.id AS hits
    FROM users AS users
  ) AS excluded
  WHERE counters.code = excluded.code
) + 50
WHERE (
  SELECT TRUE
  FROM (
    SELECT
      users.id + 2000 AS id,
      users.email AS code,
      users.id AS hits
    FROM users AS users
  ) AS excluded
  WHERE counters.code = excluded.code
)
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note;
INSERT INTO counters (id, code, hits)
SELECT
  excluded.id,
  excluded.code,
  excluded.hits
FROM (
  SELECT
    users.id + 2000 AS id,
    users.email AS code,
    users.id AS hits
  FROM users AS users
) AS excluded
WHERE NOT EXISTS (
  SELECT 1
  FROM counters AS taken
  WHERE taken.code = excluded.code
)
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note;

-- change
UPDATE counters AS counters
SET
  hits = counters.hits * 2,
  note = @p1
WHERE counters.id = @p2
THEN RETURN
  counters.id AS id,
  counters.hits AS hits,
  counters.note AS note;

-- change_some
UPDATE counters AS counters
SET note = 'some'
WHERE counters.id < 100
  AND counters.hits > @p1
THEN RETURN
  counters.id AS id,
  counters.note AS note;

-- change_by_query
UPDATE counters AS c
SET note = (
  SELECT users.name
  FROM users AS users
  WHERE users.id = c.id
)
WHERE c.id IN (
  SELECT users_2.id
  FROM users AS users_2
)
THEN RETURN
  c.id AS id,
  c.note AS note;

-- change_mood
UPDATE users AS users
SET
  mood = @p1,
  boss_id = NULL
WHERE users.id = 1
THEN RETURN
  users.id AS id,
  users.mood AS mood,
  users.boss_id AS boss_id;

-- change_mood_back
UPDATE users AS users
SET mood = CASE WHEN users.mood = 'sad' THEN 'happy' ELSE 'sad' END
WHERE users.id < 3
THEN RETURN
  users.id AS id,
  users.mood AS mood;

-- drop
DELETE FROM counters AS counters
WHERE counters.id = @p1
THEN RETURN
  counters.code AS code,
  counters.hits AS hits;

-- left
SELECT
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits,
  counters.note AS note
FROM counters AS counters
ORDER BY counters.id;

-- drop_all
DELETE FROM counters AS counters
WHERE TRUE;

-- copy_new
INSERT INTO counters (id, code)
SELECT
  excluded.id,
  excluded.code
FROM (
  SELECT
    users.id + 1 AS id,
    users.email AS code
  FROM users AS users
  WHERE users.id > 1
) AS excluded
WHERE NOT EXISTS (
  SELECT 1
  FROM counters AS taken
  WHERE taken.id = excluded.id
)
THEN RETURN
  counters.id AS id,
  counters.code AS code;

-- copy_new_quietly
INSERT INTO counters (id, code)
SELECT
  excluded.id,
  excluded.code
FROM (
  SELECT
    users.id AS id,
    users.email || '?' AS code
  FROM users AS users
) AS excluded
WHERE NOT EXISTS (
  SELECT 1
  FROM counters AS taken
  WHERE taken.id = excluded.id
);

-- add_token
INSERT INTO tokens (id, note)
VALUES (@p1, @p2)
THEN RETURN tokens.note AS note;

-- add_tokens
INSERT INTO tokens (id, note, seen)
VALUES
  (@p1, @p2, @p3)
THEN RETURN tokens.note AS note;

-- touch
UPDATE tokens AS tokens
SET
  note = tokens.note || '!',
  seen = CURRENT_TIMESTAMP()
WHERE tokens.note <> 'two'
THEN RETURN tokens.note AS note;
