-- source_like_column_of_relation
SELECT
  title_2.id AS id,
  (
    SELECT COUNT(*)
    FROM posts AS posts
    WHERE posts.user_id = title_2.id
  ) AS count,
  TO_JSON(ARRAY(
    SELECT JSON_OBJECT(
      'id', posts_2.id,
      'title', posts_2.title
    )
    FROM posts AS posts_2
    WHERE posts_2.user_id = title_2.id
    ORDER BY posts_2.id
    LIMIT 2
  )) AS posts
FROM users AS title_2
ORDER BY title_2.id;

-- json_and_jsonb
SELECT
  users.id AS id,
  CASE WHEN users.id = 1 THEN @p1 WHEN users.id = 2 THEN @p2 END AS chosen,
  COALESCE(@p1, @p2) AS first,
  IF(users.id = 2, @p1, @p2) AS other
FROM users AS users
ORDER BY users.id;

-- column_like_alias
UPDATE kinds AS word
SET word.word = 'new'
WHERE word.id = @p1
THEN RETURN
  word.id AS id,
  word.word AS word;

-- upsert_by_null
UPDATE badges AS badges
SET weight = 3
WHERE FALSE
THEN RETURN
  badges.id AS id,
  badges.label AS label,
  badges.weight AS weight;
INSERT INTO badges (label, id, weight)
SELECT CAST(NULL AS STRING), @p1, CAST(2 AS FLOAT32)
FROM (SELECT 1 AS one) AS one
WHERE NOT EXISTS (
  SELECT 1
  FROM badges AS taken
  WHERE FALSE
)
THEN RETURN
  badges.id AS id,
  badges.label AS label,
  badges.weight AS weight;

-- insert_number_from_query
INSERT INTO badges (id, label, weight)
SELECT
  @p1,
  users.email,
  CAST(16777216 AS FLOAT32)
FROM users AS users
WHERE users.id = 1
THEN RETURN
  badges.id AS id,
  badges.label AS label,
  badges.weight AS weight;

-- rows_that_are_new
INSERT OR IGNORE INTO badges (id, label, weight, badges)
VALUES (@p1, @p2, @p3, @p4)
THEN RETURN
  badges.id AS id,
  badges.label AS label;

-- upsert_of_a_key_twice
UPDATE badges AS badges
SET weight = (
  SELECT excluded.weight
  FROM (
    SELECT
      @p1 AS id,
      CAST(NUMERIC '1.5' AS FLOAT32) AS weight
    FROM posts AS posts
  ) AS excluded
  WHERE badges.id = excluded.id
)
WHERE (
  SELECT TRUE
  FROM (
    SELECT
      @p1 AS id,
      CAST(NUMERIC '1.5' AS FLOAT32) AS weight
    FROM posts AS posts
  ) AS excluded
  WHERE badges.id = excluded.id
);
INSERT INTO badges (id, weight)
SELECT
  excluded.id,
  excluded.weight
FROM (
  SELECT
    @p1 AS id,
    CAST(NUMERIC '1.5' AS FLOAT32) AS weight
  FROM posts AS posts
) AS excluded
WHERE NOT EXISTS (
  SELECT 1
  FROM badges AS taken
  WHERE taken.id = excluded.id
);

-- upsert_of_a_known_key_twice
UPDATE badges AS badges
SET label = NULL
WHERE (
  SELECT TRUE
  FROM (
    SELECT
      CAST(1 AS INT64) AS id,
      CAST(NUMERIC '1.5' AS FLOAT32) AS weight
    FROM posts AS posts
  ) AS excluded
  WHERE badges.id = excluded.id
);
INSERT INTO badges (id, weight)
SELECT
  excluded.id,
  excluded.weight
FROM (
  SELECT
    CAST(1 AS INT64) AS id,
    CAST(NUMERIC '1.5' AS FLOAT32) AS weight
  FROM posts AS posts
) AS excluded
WHERE NOT EXISTS (
  SELECT 1
  FROM badges AS taken
  WHERE taken.id = excluded.id
);

-- upsert_column_like_table
UPDATE badges AS badges
SET badges.badges = (
  SELECT excluded.badges_2
  FROM (
    SELECT
      users.id AS id,
      CAST(4 AS FLOAT32) AS weight,
      users.email AS badges_2
    FROM users AS users
    WHERE users.id = @p1
  ) AS excluded
  WHERE badges.id = excluded.id
)
WHERE (
  SELECT TRUE
  FROM (
    SELECT
      users.id AS id,
      CAST(4 AS FLOAT32) AS weight,
      users.email AS badges_2
    FROM users AS users
    WHERE users.id = @p1
  ) AS excluded
  WHERE badges.id = excluded.id
    AND badges.weight < 4
)
THEN RETURN
  badges.id AS id,
  badges.badges AS badges,
  badges.weight AS weight;
INSERT INTO badges (id, weight, badges)
SELECT
  excluded.id,
  excluded.weight,
  excluded.badges_2
FROM (
  SELECT
    users.id AS id,
    CAST(4 AS FLOAT32) AS weight,
    users.email AS badges_2
  FROM users AS users
  WHERE users.id = @p1
) AS excluded
WHERE NOT EXISTS (
  SELECT 1
  FROM badges AS taken
  WHERE taken.id = excluded.id
)
THEN RETURN
  badges.id AS id,
  badges.badges AS badges,
  badges.weight AS weight;

-- column_like_table
UPDATE badges AS badges
SET badges.badges = 'x'
WHERE badges.id = @p1
  AND EXISTS (
    SELECT posts.id
    FROM posts AS posts
    WHERE posts.id = 10
  )
THEN RETURN
  badges.id AS id,
  badges.badges AS badges;

-- nan_is_nan
SELECT (NOT COALESCE(@p1 = @p2 OR IS_NAN(@p1) AND IS_NAN(@p2), @p1 IS NULL AND @p2 IS NULL)) AS differs
FROM users AS users
WHERE users.id = 1;

-- new_key_twice
INSERT INTO badges (id, weight)
SELECT
  excluded.id,
  excluded.weight
FROM (
  SELECT
    @p1 AS id,
    CAST(NUMERIC '1.5' AS FLOAT32) AS weight
  FROM posts AS posts
) AS excluded
WHERE NOT EXISTS (
  SELECT 1
  FROM badges AS taken
  WHERE taken.id = excluded.id
);

-- new_key_twice_returned
INSERT INTO badges (id, weight)
SELECT
  excluded.id,
  excluded.weight
FROM (
  SELECT
    @p1 AS id,
    CAST(NUMERIC '1.5' AS FLOAT32) AS weight
  FROM posts AS posts
) AS excluded
WHERE NOT EXISTS (
  SELECT 1
  FROM badges AS taken
  WHERE taken.id = excluded.id
)
THEN RETURN badges.id AS id;

-- known_key_twice
INSERT INTO badges (id, weight)
SELECT
  excluded.id,
  excluded.weight
FROM (
  SELECT
    CAST(1 AS INT64) AS id,
    CAST(NUMERIC '1.5' AS FLOAT32) AS weight
  FROM posts AS posts
) AS excluded
WHERE NOT EXISTS (
  SELECT 1
  FROM badges AS taken
  WHERE taken.id = excluded.id
)
THEN RETURN badges.id AS id;
