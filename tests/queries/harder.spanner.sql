-- no_source
SELECT
  1 AS one,
  NUMERIC '1.5' AS half,
  'it\'s' AS word,
  TRUE AS yes,
  CAST(JSON '{"b":1,"a":[true]}' AS JSON) AS json;

-- crossed
SELECT
  one_2.id AS one,
  two_2.id AS two
FROM users AS one_2
CROSS JOIN users AS two_2
WHERE one_2.id < two_2.id
  AND two_2.id < 4
ORDER BY one_2.id, two_2.id;

-- full_joined
SELECT
  users.id AS user,
  posts.id AS post
FROM users AS users
FULL JOIN posts AS posts ON posts.id = users.id + 9
ORDER BY users.id IS NULL, users.id, posts.id;

-- right_joined
SELECT
  users.id AS user,
  posts.id AS post
FROM posts AS posts
RIGHT JOIN users AS users ON posts.user_id = users.id
ORDER BY users.id, posts.id IS NULL, posts.id;

-- optional_in_relations
SELECT
  users.id AS id,
  TO_JSON(ARRAY(
    SELECT JSON_OBJECT('id', posts.id)
    FROM posts AS posts
    WHERE posts.user_id = users.id
      AND posts.state = 'published'
    ORDER BY posts.id
  )) AS posts,
  EXISTS (
    SELECT posts_2.id
    FROM posts AS posts_2
    JOIN comments AS comments ON comments.post_id = posts_2.id
    WHERE posts_2.user_id = users.id
      AND comments.text <> @p1
  ) AS commented,
  (
    SELECT COUNT(*)
    FROM posts AS posts_3
    WHERE posts_3.user_id = users.id
      AND posts_3.state = @p2
  ) AS n
FROM users AS users
ORDER BY users.id;

-- grouped_with_queries
SELECT
  grouped.key_1 AS rest,
  grouped.value_1 AS n,
  (
    SELECT COUNT(*)
    FROM users AS users
  ) AS users
FROM (
  SELECT
    MOD(posts.views, 2) AS key_1,
    COUNT(*) AS value_1
  FROM posts AS posts
  GROUP BY 1
) AS grouped
ORDER BY grouped.key_1;

-- groups_in_relations
SELECT
  users.id AS id,
  (
    SELECT posts.title
    FROM posts AS posts
    WHERE posts.user_id = users.id
    ORDER BY posts.views DESC, posts.id
    LIMIT 1
  ) AS best,
  (
    SELECT SUM(posts_2.views)
    FROM posts AS posts_2
    WHERE posts_2.user_id = users.id
  ) AS views
FROM users AS users
ORDER BY users.id;

-- nested_tables
WITH few AS (
  SELECT posts.user_id AS user_id
  FROM posts AS posts
  WHERE posts.views < 2
)
SELECT users.id AS id
FROM users AS users
WHERE users.id IN (
  SELECT few_2.user_id
  FROM few AS few_2
)
ORDER BY users.id;

-- chained_tables
WITH published_posts AS (
  SELECT
    posts.id AS id,
    posts.user_id AS user_id,
    posts.views AS views
  FROM posts AS posts
  WHERE posts.state = 'published'
), totals AS (
  SELECT
    published_posts_2.user_id AS user_id,
    SUM(published_posts_2.views) AS views
  FROM published_posts AS published_posts_2
  GROUP BY published_posts_2.user_id
)
SELECT
  users.email AS email,
  totals_2.views AS views
FROM totals AS totals_2
JOIN users AS users ON users.id = totals_2.user_id
ORDER BY users.id;

-- three_sets
SELECT `rows`.id AS id
FROM (
  SELECT users.id AS id
  FROM users AS users
  WHERE users.id <= 2
  UNION DISTINCT
  SELECT posts.id AS id
  FROM posts AS posts
  WHERE posts.id <= 11
  UNION DISTINCT
  SELECT posts_2.user_id AS user_id
  FROM posts AS posts_2
  WHERE posts_2.id <= 12
) AS `rows`
ORDER BY `rows`.id DESC
LIMIT 3;

-- both_sets
SELECT `rows`.id AS id
FROM (
  SELECT users.id AS id
  FROM users AS users
  INTERSECT DISTINCT
  SELECT posts.user_id AS user_id
  FROM posts AS posts
) AS `rows`;

-- in_enums
SELECT posts.id AS id
FROM posts AS posts
JOIN users AS users ON users.id = posts.user_id
WHERE posts.state IN UNNEST(@p1) OR users.mood IN UNNEST(@p2)
ORDER BY posts.id;

-- in_scores
SELECT
  posts.id AS id,
  posts.score IN UNNEST(@p1) AS inside,
  posts.score NOT IN UNNEST(@p1) AS outside,
  posts.score IN (1.5, 0.1) AS listed
FROM posts AS posts
ORDER BY posts.id;

-- scores_between
SELECT
  posts.id AS id,
  posts.score BETWEEN @p1 AND @p2 AS inside
FROM posts AS posts
ORDER BY posts.id;

-- every_kind_nested
SELECT
  users.id AS id,
  TO_JSON(ARRAY(
    SELECT JSON_OBJECT(
      'id', posts.id,
      'score', posts.score,
      'price', CAST(posts.price AS STRING),
      'at', FORMAT_TIMESTAMP('%E4Y-%m-%dT%H:%M:%E9SZ', posts.`at`, 'UTC'),
      'tags', posts.tags,
      'state', posts.state
    )
    FROM posts AS posts
    WHERE posts.user_id = users.id
    ORDER BY posts.id
  )) AS posts,
  (
    SELECT COUNT(*)
    FROM kinds AS kinds
  ) AS kinds
FROM users AS users
WHERE users.id = 1;

-- distinct_words
SELECT
  distinct_rows.word AS word,
  distinct_rows.views AS views
FROM (
  SELECT DISTINCT
    LOWER(posts.title) AS word,
    posts.views AS views
  FROM posts AS posts
) AS distinct_rows
ORDER BY distinct_rows.word DESC;

-- outputs_like_sources
SELECT
  users_2.id AS users,
  COUNT(*) AS posts
FROM users AS users_2
JOIN posts AS posts_2 ON posts_2.user_id = users_2.id
GROUP BY users_2.id
HAVING COUNT(*) > 0
ORDER BY users_2.id;

-- counted_like_sources
SELECT
  grouped_2.key_1 AS grouped,
  grouped_2.value_1 AS posts
FROM (
  SELECT
    MOD(posts_2.user_id, 2) AS key_1,
    COUNT(*) AS value_1
  FROM posts AS posts_2
  GROUP BY 1
) AS grouped_2
ORDER BY grouped_2.key_1;
