-- unions
SELECT
  `rows`.id AS id,
  `rows`.word AS word
FROM (
  SELECT
    users.id AS id,
    users.email AS word
  FROM users AS users
  WHERE users.id < 3
  UNION ALL
  SELECT
    posts.id AS id,
    posts.title AS title
  FROM posts AS posts
  WHERE posts.id < 12
) AS `rows`
ORDER BY `rows`.id;

-- differences
SELECT `rows`.views AS views
FROM (
  SELECT posts.views AS views
  FROM posts AS posts
  EXCEPT DISTINCT
  SELECT posts_2.views AS views
  FROM posts AS posts_2
  WHERE posts_2.state = 'published'
) AS `rows`;

-- pairs_in
SELECT posts.id AS id
FROM posts AS posts
WHERE (posts.user_id, posts.views) IN (
  SELECT (posts_2.user_id, posts_2.views)
  FROM posts AS posts_2
  WHERE posts_2.views > @p1
)
ORDER BY posts.id;

-- pairs_not_in
SELECT posts.id AS id
FROM posts AS posts
WHERE (posts.score, posts.views) NOT IN (
  SELECT (posts_2.score, posts_2.views)
  FROM posts AS posts_2
  WHERE posts_2.id < 12
)
ORDER BY posts.id;

-- listed_pairs
SELECT
  users.id AS id,
  (users.id, users.email) <> (1, 'ada@x') AS same
FROM users AS users
WHERE (users.id, users.email) IN ((1, 'ada@x'), (2, 'x'))
ORDER BY users.id;

-- computed
SELECT
  posts.id AS id,
  DIV(posts.views, 2) AS half,
  MOD(posts.views, 2) AS rest,
  posts.price * NUMERIC '2' AS more,
  posts.title || '!' AS shown,
  CASE WHEN posts.score IS NULL THEN 'none' WHEN posts.score > 1 THEN 'high' ELSE 'low' END AS kind
FROM posts AS posts
ORDER BY posts.id;

-- texts_of_numbers
SELECT
  kinds.id AS id,
  CAST(kinds.exact AS STRING) AS e,
  CAST(kinds.whole AS STRING) AS w,
  CAST(kinds.yes AS STRING) AS y
FROM kinds AS kinds
ORDER BY kinds.id;

-- values_of_every_kind
SELECT kinds.id AS id
FROM kinds AS kinds
WHERE TRUE
  AND kinds.day = @p1
  AND kinds.key = @p2
  AND kinds.raw <> @p3
  AND kinds.local = @p4
  AND kinds.exact <> @p5
  AND kinds.single = @p6
ORDER BY kinds.id;

-- echoed
SELECT
  @p1 AS words,
  @p2 AS day,
  @p3 AS key,
  @p4 AS raw,
  @p5 AS json,
  @p6 AS local,
  @p7 AS exact,
  @p8 AS single,
  @p9 AS mood,
  @p10 AS `at`,
  @p11 AS yes
FROM kinds AS kinds
WHERE kinds.id = 1;

-- everything_nested
SELECT
  kinds.id AS id,
  (
    SELECT kinds_2.word
    FROM kinds AS kinds_2
    WHERE kinds_2.id = 1
  ) AS same
FROM kinds AS kinds
WHERE kinds.id = 1;
