-- totals
SELECT
  COUNT(*) AS n,
  COUNT(posts.score) AS scores,
  SUM(posts.views) AS sum,
  (CAST(SUM(CAST(posts.views AS NUMERIC)) AS FLOAT64) / NULLIF(COUNT(posts.views), 0)) AS mean,
  MIN(posts.score) AS low,
  MAX(posts.score) AS high,
  MIN(posts.title) AS first,
  MAX(posts.title) AS last,
  SUM(posts.price) AS price,
  AVG(posts.price) AS mean_price,
  (SUM(posts.score) / NULLIF(COUNT(posts.score), 0)) AS mean_score
FROM posts AS posts;

-- per_user
SELECT
  posts.user_id AS user_id,
  COUNT(*) AS n,
  SUM(posts.views) AS views
FROM posts AS posts
GROUP BY posts.user_id
HAVING COUNT(*) > 1
ORDER BY COUNT(*) DESC, posts.user_id;

-- per_initial
SELECT
  grouped.key_1 AS low_title,
  UPPER(grouped.key_1) AS shout,
  grouped.value_1 AS n,
  grouped.value_1 * 2 AS twice
FROM (
  SELECT
    LOWER(posts.title) AS key_1,
    COUNT(*) AS value_1
  FROM posts AS posts
  GROUP BY 1
) AS grouped
WHERE grouped.value_1 > 0
ORDER BY grouped.key_1 DESC;

-- per_year
SELECT
  users.age AS age,
  users.mood AS mood,
  COUNT(*) AS n
FROM users AS users
GROUP BY users.age, users.mood
ORDER BY users.age IS NULL, users.age, users.mood;

-- nothing
SELECT
  COUNT(*) AS n,
  SUM(posts.views) AS sum,
  MIN(posts.title) AS low
FROM posts AS posts
WHERE posts.id < 0;

-- extremes
SELECT
  MIN(kinds.yes) AS yes,
  MAX(kinds.yes) AS `no`,
  MIN(kinds.key) AS key,
  MAX(kinds.raw) AS raw,
  MIN(kinds.day) AS day,
  MAX(kinds.`at`) AS `at`,
  MAX(kinds.single) AS single,
  COUNT(DISTINCT kinds.word) AS words
FROM kinds AS kinds;

-- means_of_large_numbers
SELECT
  (CAST(SUM(CAST(CASE WHEN posts.id = 10 THEN 9007199254740993 WHEN posts.id = 11 THEN 2 END AS NUMERIC)) AS FLOAT64) / NULLIF(COUNT(CASE WHEN posts.id = 10 THEN 9007199254740993 WHEN posts.id = 11 THEN 2 END), 0)) AS whole,
  (SUM(CASE WHEN posts.id = 10 THEN @p1 WHEN posts.id = 11 THEN 0.0 END) / NULLIF(COUNT(CASE WHEN posts.id = 10 THEN @p1 WHEN posts.id = 11 THEN 0.0 END), 0)) AS double
FROM posts AS posts;
