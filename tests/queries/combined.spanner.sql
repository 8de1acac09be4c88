-- joined
SELECT
  posts.id AS id,
  users.email AS email
FROM posts AS posts
JOIN users AS users ON users.id = posts.user_id
ORDER BY posts.id;

-- left_joined
SELECT
  users.id AS user,
  posts.id AS post,
  posts.title AS title
FROM users AS users
LEFT JOIN posts AS posts ON posts.user_id = users.id AND posts.views > 5
ORDER BY users.id, posts.id;

-- with_posts
SELECT users.id AS id
FROM users AS users
WHERE users.id IN (
  SELECT posts.user_id
  FROM posts AS posts
  WHERE posts.state = 'published'
)
ORDER BY users.id;

-- without_posts
SELECT users.id AS id
FROM users AS users
WHERE NOT EXISTS (
  SELECT posts.id
  FROM posts AS posts
  WHERE posts.user_id = users.id
)
ORDER BY users.id;

-- with_a_post
SELECT users.id AS id
FROM users AS users
WHERE EXISTS (
  SELECT 1
  FROM posts AS posts
  WHERE posts.user_id = users.id
)
ORDER BY users.id;

-- with_several_posts
SELECT users.id AS id
FROM users AS users
WHERE EXISTS (
  SELECT 1
  FROM posts AS posts
  WHERE posts.user_id = users.id
  GROUP BY posts.user_id
  HAVING COUNT(*) > 1
)
ORDER BY users.id;

-- latest
SELECT
  users.id AS id,
  (
    SELECT MAX(posts.id)
    FROM posts AS posts
    WHERE posts.user_id = users.id
  ) AS last
FROM users AS users
ORDER BY users.id;

-- recent
WITH popular AS (
  SELECT
    posts.id AS id,
    posts.user_id AS user_id
  FROM posts AS posts
  WHERE posts.views > 2
)
SELECT
  popular_2.id AS id,
  users.email AS email
FROM popular AS popular_2
JOIN users AS users ON users.id = popular_2.user_id
ORDER BY popular_2.id;
