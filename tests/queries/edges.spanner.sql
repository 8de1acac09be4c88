-- blank
INSERT INTO blanks (id)
VALUES (DEFAULT)
THEN RETURN
  blanks.note AS note,
  blanks.n AS n;

-- two_blanks
INSERT INTO blanks (id)
VALUES
  (DEFAULT),
  (DEFAULT)
THEN RETURN
  blanks.note AS note,
  blanks.n AS n;

-- with_defaults
UPDATE flags AS flags
SET
  amount = flags.amount + 7,
  kind = 'a' || '!',
  label = CAST(NULL AS STRING) || '?'
WHERE (flags.code = @p1 OR flags.code IS NULL AND @p1 IS NULL)
  AND 7 > 5
THEN RETURN
  flags.id AS id,
  flags.code AS code,
  flags.kind AS kind,
  flags.label AS label,
  flags.amount AS amount;
INSERT INTO flags (code, id)
SELECT @p1, @p2
FROM (SELECT 1 AS one) AS one
WHERE NOT EXISTS (
  SELECT 1
  FROM flags AS taken
  WHERE taken.code = @p1 OR taken.code IS NULL AND @p1 IS NULL
)
THEN RETURN
  flags.id AS id,
  flags.code AS code,
  flags.kind AS kind,
  flags.label AS label,
  flags.amount AS amount;

-- without_code
UPDATE flags AS flags
SET
  label = 'again',
  amount = 100 + 1
WHERE flags.code IS NULL
THEN RETURN
  flags.id AS id,
  flags.code AS code,
  flags.label AS label,
  flags.amount AS amount;
INSERT INTO flags (code, id, amount)
SELECT CAST(NULL AS STRING), @p1, 100
FROM (SELECT 1 AS one) AS one
WHERE NOT EXISTS (
  SELECT 1
  FROM flags AS taken
  WHERE taken.code IS NULL
)
THEN RETURN
  flags.id AS id,
  flags.code AS code,
  flags.label AS label,
  flags.amount AS amount;

-- with_nulls
UPDATE flags AS flags
SET
  label = NULL,
  price = NULL
WHERE flags.code = @p1 OR flags.code IS NULL AND @p1 IS NULL
THEN RETURN
  flags.id AS id,
  flags.code AS code,
  flags.label AS label,
  flags.price AS price;
INSERT INTO flags (code, id, kind, label, price)
SELECT @p1, @p2, 'n', CAST(NULL AS STRING), CAST(NULL AS NUMERIC)
FROM (SELECT 1 AS one) AS one
WHERE NOT EXISTS (
  SELECT 1
  FROM flags AS taken
  WHERE taken.code = @p1 OR taken.code IS NULL AND @p1 IS NULL
)
THEN RETURN
  flags.id AS id,
  flags.code AS code,
  flags.label AS label,
  flags.price AS price;

-- without_price
INSERT INTO flags (price, id, code, kind, amount)
SELECT CAST(NULL AS NUMERIC), @p1, 'p', 'p', @p1
FROM (SELECT 1 AS one) AS one
WHERE NOT EXISTS (
  SELECT 1
  FROM flags AS taken
  WHERE FALSE
)
THEN RETURN flags.id AS id;

-- with_default_of_query
UPDATE flags AS flags
SET
  amount = flags.amount + 7,
  kind = 'a' || '.'
WHERE (
  SELECT TRUE
  FROM (
    SELECT
      users.id + 10 AS id,
      @p1 AS code
    FROM users AS users
    WHERE users.id = 1
  ) AS excluded
  WHERE flags.code = excluded.code OR flags.code IS NULL AND excluded.code IS NULL
)
THEN RETURN
  flags.code AS code,
  flags.kind AS kind,
  flags.amount AS amount;
INSERT INTO flags (id, code)
SELECT
  excluded.id,
  excluded.code
FROM (
  SELECT
    users.id + 10 AS id,
    @p1 AS code
  FROM users AS users
  WHERE users.id = 1
) AS excluded
WHERE NOT EXISTS (
  SELECT 1
  FROM flags AS taken
  WHERE taken.code = excluded.code OR taken.code IS NULL AND excluded.code IS NULL
)
THEN RETURN
  flags.code AS code,
  flags.kind AS kind,
  flags.amount AS amount;

-- rows_with_defaults
UPDATE flags AS flags
SET
  amount = flags.amount + @p1,
  kind = @p2
WHERE flags.code = @p3 OR flags.code IS NULL AND @p3 IS NULL
THEN RETURN
  flags.id AS id,
  flags.code AS code,
  flags.kind AS kind,
  flags.amount AS amount;
INSERT INTO flags (code, id, kind, label, amount, price)
SELECT @p1, @p2, @p3, @p4, @p5, @p6
FROM (SELECT 1 AS one) AS one
WHERE NOT EXISTS (
  SELECT 1
  FROM flags AS taken
  WHERE taken.code = @p1 OR taken.code IS NULL AND @p1 IS NULL
)
THEN RETURN
  flags.id AS id,
  flags.code AS code,
  flags.kind AS kind,
  flags.amount AS amount;

-- rows_with_a_key_of_two
UPDATE flags AS flags
SET label = 'changed'
WHERE flags.kind = @p1
  AND flags.amount = @p2
THEN RETURN
  flags.id AS id,
  flags.kind AS kind,
  flags.amount AS amount;
INSERT INTO flags (kind, amount, id, code, label, price)
SELECT @p1, @p2, @p3, @p4, @p5, @p6
FROM (SELECT 1 AS one) AS one
WHERE NOT EXISTS (
  SELECT 1
  FROM flags AS taken
  WHERE taken.kind = @p1
    AND taken.amount = @p2
)
THEN RETURN
  flags.id AS id,
  flags.kind AS kind,
  flags.amount AS amount;

-- rows_with_numbers
UPDATE flags AS flags
SET label = 'changed'
WHERE flags.price = @p1
THEN RETURN
  flags.id AS id,
  flags.price AS price;
INSERT INTO flags (price, id, code, kind, label, amount)
SELECT @p1, @p2, @p3, @p4, @p5, @p6
FROM (SELECT 1 AS one) AS one
WHERE NOT EXISTS (
  SELECT 1
  FROM flags AS taken
  WHERE taken.price = @p1
)
THEN RETURN
  flags.id AS id,
  flags.price AS price;

-- two_at_once
UPDATE counters AS counters
SET hits = counters.hits + 1
WHERE counters.code = @p1
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits;
INSERT INTO counters (code, id)
SELECT @p1, 90
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
UPDATE counters AS counters
SET hits = counters.hits + 1
WHERE counters.code = @p1
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits;
INSERT INTO counters (code, id)
SELECT @p1, 91
FROM (SELECT 1 AS one) AS one
WHERE NOT EXISTS (
  SELECT 1
  FROM counters AS taken_2
  WHERE taken_2.code = @p1
)
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits;

-- one_of_many
UPDATE counters AS counters
SET hits = 0
WHERE counters.id < 1000
THEN RETURN counters.id AS id;

-- optional_of_many
DELETE FROM comments AS comments
WHERE TRUE
THEN RETURN comments.post_id AS post_id;

-- one_of_none
UPDATE counters AS counters
SET hits = 0
WHERE counters.id = -1
THEN RETURN counters.id AS id;

-- one_of_rows
UPDATE counters AS counters
SET hits = @p1
WHERE counters.code = @p2
THEN RETURN counters.id AS id;
INSERT INTO counters (code, id, hits, note)
SELECT @p1, @p2, @p3, @p4
FROM (SELECT 1 AS one) AS one
WHERE NOT EXISTS (
  SELECT 1
  FROM counters AS taken
  WHERE taken.code = @p1
)
THEN RETURN counters.id AS id;

-- still_there
SELECT
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits
FROM counters AS counters
ORDER BY counters.id;

-- comments_still_there
SELECT COUNT(*) AS n
FROM comments AS comments;

-- correlated_with
SELECT
  users.id AS id,
  (
    SELECT SUM(own_4.views)
    FROM (
      SELECT posts_2.views AS views
      FROM posts AS posts_2
      WHERE posts_2.user_id = users.id
    ) AS own_4
  ) AS n
FROM users AS users
WHERE EXISTS (
  SELECT seen_2.id
  FROM (
    SELECT own_2.id AS id
    FROM (
      SELECT posts.id AS id
      FROM posts AS posts
      WHERE posts.user_id = users.id
    ) AS own_2
  ) AS seen_2
  WHERE seen_2.id > 10
)
ORDER BY users.id;

-- nested_with
WITH first AS (
  SELECT
    users.id AS id,
    users.name AS name
  FROM users AS users
), second AS (
  SELECT first_2.id AS id
  FROM first AS first_2
  WHERE first_2.id < 3
)
SELECT s.id AS id
FROM (
  SELECT second_2.id AS id
  FROM second AS second_2
) AS s
ORDER BY s.id;

-- update_with
UPDATE counters AS counters
SET note = (
  SELECT newest_2.name
  FROM (
    SELECT users.name AS name
    FROM users AS users
    ORDER BY users.id DESC
    LIMIT 1
  ) AS newest_2
)
WHERE counters.id IN (
  SELECT least_2.id
  FROM (
    SELECT users_2.id AS id
    FROM users AS users_2
    WHERE users_2.id < 3
  ) AS least_2
)
THEN RETURN
  counters.id AS id,
  counters.note AS note;

-- insert_with
INSERT INTO counters (id, code)
SELECT
  known_2.id + 3000,
  known_2.email || '-with'
FROM (
  SELECT
    users.id AS id,
    users.email AS email
  FROM users AS users
  WHERE users.id < 3
) AS known_2
THEN RETURN
  counters.id AS id,
  counters.code AS code;

-- upsert_with
UPDATE counters AS counters
SET hits = counters.hits + (
  SELECT excluded.hits
  FROM (
    SELECT
      known_2.id + 4000 AS id,
      known_2.email || '-up' AS code,
      known_2.id AS hits
    FROM (
      SELECT
        users.id AS id,
        users.email AS email
      FROM users AS users
      WHERE users.id < 3
    ) AS known_2
  ) AS excluded
  WHERE counters.code = excluded.code
)
WHERE (
  SELECT TRUE
  FROM (
    SELECT
      known_2.id + 4000 AS id,
      known_2.email || '-up' AS code,
      known_2.id AS hits
    FROM (
      SELECT
        users.id AS id,
        users.email AS email
      FROM users AS users
      WHERE users.id < 3
    ) AS known_2
  ) AS excluded
  WHERE counters.code = excluded.code
)
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits;
INSERT INTO counters (id, code, hits)
SELECT
  excluded.id,
  excluded.code,
  excluded.hits
FROM (
  SELECT
    known_2.id + 4000 AS id,
    known_2.email || '-up' AS code,
    known_2.id AS hits
  FROM (
    SELECT
      users.id AS id,
      users.email AS email
    FROM users AS users
    WHERE users.id < 3
  ) AS known_2
) AS excluded
WHERE NOT EXISTS (
  SELECT 1
  FROM counters AS taken
  WHERE taken.code = excluded.code
)
THEN RETURN
  counters.id AS id,
  counters.code AS code,
  counters.hits AS hits;

-- delete_with
DELETE FROM counters AS counters
WHERE counters.id IN (
  SELECT known_2.id + 4000
  FROM (
    SELECT users.id AS id
    FROM users AS users
  ) AS known_2
)
THEN RETURN counters.id AS id;

-- different_scores
SELECT distinct_rows.score AS score
FROM (
  SELECT DISTINCT s.score AS score
  FROM (
    SELECT `rows`.score AS score
    FROM (
      SELECT posts.score AS score
      FROM posts AS posts
      UNION ALL
      SELECT posts_2.score AS score
      FROM posts AS posts_2
    ) AS `rows`
  ) AS s
) AS distinct_rows
ORDER BY distinct_rows.score;

-- counted_scores
SELECT
  s.score AS score,
  COUNT(*) AS n
FROM (
  SELECT `rows`.score AS score
  FROM (
    SELECT posts.score AS score
    FROM posts AS posts
    UNION ALL
    SELECT posts_2.score AS score
    FROM posts AS posts_2
  ) AS `rows`
) AS s
GROUP BY s.score
ORDER BY s.score;

-- united_scores
SELECT `rows`.score AS score
FROM (
  SELECT posts.score AS score
  FROM posts AS posts
  UNION DISTINCT
  SELECT posts_2.score AS score
  FROM posts AS posts_2
) AS `rows`
ORDER BY `rows`.score;

-- common_scores
SELECT `rows`.score AS score
FROM (
  SELECT posts.score AS score
  FROM posts AS posts
  INTERSECT DISTINCT
  SELECT posts_2.score AS score
  FROM posts AS posts_2
) AS `rows`
ORDER BY `rows`.score;

-- united_keys
SELECT `rows`.key AS key
FROM (
  SELECT kinds.key AS key
  FROM kinds AS kinds
  WHERE kinds.id < 3
  UNION DISTINCT
  SELECT CAST('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' AS STRING) AS key
  FROM kinds AS kinds_2
  WHERE kinds_2.id = 1
) AS `rows`
ORDER BY `rows`.key;

-- times_in_relations
SELECT
  users.id AS id,
  users.joined AS joined,
  (
    SELECT JSON_OBJECT('joined', FORMAT_TIMESTAMP('%E4Y-%m-%dT%H:%M:%E9SZ', boss.joined, 'UTC'))
    FROM users AS boss
    WHERE boss.id = users.boss_id
  ) AS boss,
  TO_JSON(ARRAY(
    SELECT JSON_OBJECT('at', FORMAT_TIMESTAMP('%E4Y-%m-%dT%H:%M:%E9SZ', posts.`at`, 'UTC'))
    FROM posts AS posts
    WHERE posts.user_id = users.id
    ORDER BY posts.id
  )) AS posts
FROM users AS users
ORDER BY users.id;
