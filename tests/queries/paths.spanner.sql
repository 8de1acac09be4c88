-- by_writer
SELECT
  posts.id AS id,
  user.name AS writer,
  boss_2.email AS boss
FROM posts AS posts
LEFT JOIN users AS user ON user.id = posts.user_id
LEFT JOIN users AS boss_2 ON boss_2.id = user.boss_id
ORDER BY user.name IS NULL, user.name, posts.id;

-- of_a_boss
SELECT
  posts.id AS id,
  posts.title AS title
FROM posts AS posts
LEFT JOIN users AS user ON user.id = posts.user_id
LEFT JOIN users AS boss ON boss.id = user.boss_id
WHERE boss.name = @p1
  AND user.mood = 'happy'
ORDER BY posts.id;

-- groups_of_writers
SELECT
  user.email AS email,
  boss_2.name AS boss,
  COUNT(*) AS n,
  MIN(user.age) AS oldest
FROM posts AS posts
LEFT JOIN users AS user ON user.id = posts.user_id
LEFT JOIN users AS boss_2 ON boss_2.id = user.boss_id
WHERE posts.state <> 'draft'
GROUP BY user.email, boss_2.name
HAVING COUNT(*) > 1
ORDER BY user.email;

-- inside_relations
SELECT
  users.id AS id,
  users.name AS name,
  TO_JSON(ARRAY(
    SELECT JSON_OBJECT(
      'id', posts_2.id,
      'by', user_2.email
    )
    FROM posts AS posts_2
    LEFT JOIN users AS user_2 ON user_2.id = posts_2.user_id
    WHERE posts_2.user_id = users.id
      AND user_2.age > 30
    ORDER BY user_2.email, posts_2.id
    LIMIT 2
  )) AS posts
FROM users AS users
WHERE EXISTS (
  SELECT 1
  FROM posts AS posts
  LEFT JOIN users AS user ON user.id = posts.user_id
  LEFT JOIN users AS boss ON boss.id = user.boss_id
  WHERE posts.user_id = users.id
    AND boss.name IS NULL
    AND posts.views > 0
)
ORDER BY users.id;

-- outer_path
SELECT posts.id AS id
FROM posts AS posts
LEFT JOIN users AS user ON user.id = posts.user_id
WHERE EXISTS (
  SELECT users.id
  FROM users AS users
  WHERE users.boss_id = user.id
)
ORDER BY posts.id;

-- beside_joins
SELECT
  p.id AS id,
  comments.number AS number,
  user_3.name AS writer
FROM comments AS comments
JOIN posts AS p ON p.id = comments.post_id AND (
  SELECT user.name
  FROM users AS user
  WHERE user.id = p.user_id
) = (
  SELECT user_2.name
  FROM posts AS post
  LEFT JOIN users AS user_2 ON user_2.id = post.user_id
  WHERE post.id = comments.post_id
)
FULL JOIN tokens AS tokens ON tokens.note = p.title
LEFT JOIN posts AS post_2 ON post_2.id = comments.post_id
LEFT JOIN users AS user_3 ON user_3.id = post_2.user_id
ORDER BY post_2.id, comments.number;

-- different_writers
SELECT distinct_rows.name AS name
FROM (
  SELECT DISTINCT user.name AS name
  FROM comments AS comments
  LEFT JOIN posts AS post ON post.id = comments.post_id
  LEFT JOIN users AS user ON user.id = post.user_id
) AS distinct_rows
ORDER BY distinct_rows.name;

-- name_posts
UPDATE posts AS posts
SET
  title = (
    SELECT user.email
    FROM users AS user
    WHERE user.id = posts.user_id
  ),
  views = posts.views + COALESCE((
    SELECT boss.age
    FROM users AS user_2
    LEFT JOIN users AS boss ON boss.id = user_2.boss_id
    WHERE user_2.id = posts.user_id
  ), 0)
WHERE (
  SELECT user_3.name
  FROM users AS user_3
  WHERE user_3.id = posts.user_id
) = @p1
THEN RETURN
  posts.id AS id,
  posts.title AS title,
  posts.views AS views;

-- add_or_name
UPDATE posts AS posts
SET title = (
  SELECT boss.email
  FROM users AS user
  LEFT JOIN users AS boss ON boss.id = user.boss_id
  WHERE user.id = posts.user_id
)
WHERE posts.id = 14
  AND (
    SELECT boss_2.email
    FROM users AS user_2
    LEFT JOIN users AS boss_2 ON boss_2.id = user_2.boss_id
    WHERE user_2.id = posts.user_id
  ) = @p1
THEN RETURN
  posts.id AS id,
  posts.title AS title;
INSERT OR IGNORE INTO posts (id, user_id, title)
VALUES (14, 3, @p1)
THEN RETURN
  posts.id AS id,
  posts.title AS title;

-- drop_comments
DELETE FROM comments AS comments
WHERE (
  SELECT user.name
  FROM posts AS post
  LEFT JOIN users AS user ON user.id = post.user_id
  WHERE post.id = comments.post_id
) = @p1
  AND (
    SELECT boss.name
    FROM posts AS post_2
    LEFT JOIN users AS user_2 ON user_2.id = post_2.user_id
    LEFT JOIN users AS boss ON boss.id = user_2.boss_id
    WHERE post_2.id = comments.post_id
  ) IS NULL;

-- comments_left
SELECT
  comments.post_id AS post_id,
  comments.number AS number,
  post.title AS title
FROM comments AS comments
LEFT JOIN posts AS post ON post.id = comments.post_id
LEFT JOIN users AS user ON user.id = post.user_id
ORDER BY user.email, comments.post_id, comments.number;

-- beside_the_writer
SELECT
  posts.id AS id,
  (
    SELECT COUNT(*)
    FROM posts AS posts_4
    WHERE posts_4.user_id = user.id
  ) AS n,
  TO_JSON(ARRAY(
    SELECT JSON_OBJECT(
      'id', posts_5.id,
      'title', posts_5.title
    )
    FROM posts AS posts_5
    WHERE posts_5.user_id = user.id
      AND posts_5.state <> 'draft'
    ORDER BY posts_5.id
    LIMIT 2
  )) AS also,
  (
    SELECT JSON_OBJECT('name', boss.name)
    FROM users AS boss
    WHERE boss.id = user.boss_id
  ) AS boss
FROM posts AS posts
LEFT JOIN users AS user ON user.id = posts.user_id
WHERE EXISTS (
  SELECT 1
  FROM posts AS posts_2
  WHERE posts_2.user_id = user.id
    AND posts_2.views > 1
) OR (
  SELECT COUNT(*)
  FROM posts AS posts_3
  WHERE posts_3.user_id = user.id
) > 2
ORDER BY posts.id;

-- much_written
UPDATE posts AS posts
SET title = 'of many'
WHERE (
  SELECT COUNT(*)
  FROM posts AS posts_2
  WHERE posts_2.user_id = (
    SELECT user.id
    FROM users AS user
    WHERE user.id = posts.user_id
  )
) > @p1
THEN RETURN
  posts.id AS id,
  posts.title AS title;
