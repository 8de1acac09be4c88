-- users_with_posts
SELECT
  users.id AS id,
  users.name AS user_name,
  TO_JSON(ARRAY(
    SELECT JSON_OBJECT(
      'title', posts.title,
      'tags', posts.tags,
      'at', FORMAT_TIMESTAMP('%E4Y-%m-%dT%H:%M:%E9SZ', posts.`at`, 'UTC'),
      'price', CAST(posts.price AS STRING),
      'score', posts.score
    )
    FROM posts AS posts
    WHERE posts.user_id = users.id
    ORDER BY posts.id
  )) AS posts
FROM users AS users
WHERE users.email = @p1;

-- two_levels
SELECT
  users.id AS id,
  TO_JSON(ARRAY(
    SELECT JSON_OBJECT(
      'id', posts.id,
      'comments', TO_JSON(ARRAY(
        SELECT JSON_OBJECT(
          'number', comments.number,
          'text', comments.text
        )
        FROM comments AS comments
        WHERE comments.post_id = posts.id
        ORDER BY comments.number
      ))
    )
    FROM posts AS posts
    WHERE posts.user_id = users.id
      AND posts.views > 0
    ORDER BY posts.views DESC
    LIMIT 2
  )) AS posts
FROM users AS users
ORDER BY users.id
LIMIT 3;

-- forward
SELECT
  posts.id AS id,
  (
    SELECT JSON_OBJECT(
      'name', user.name,
      'boss', (
        SELECT JSON_OBJECT('name', boss.name)
        FROM users AS boss
        WHERE boss.id = user.boss_id
      )
    )
    FROM users AS user
    WHERE user.id = posts.user_id
  ) AS user
FROM posts AS posts
ORDER BY posts.id;

-- boss_of
SELECT
  users.id AS id,
  (
    SELECT JSON_OBJECT('name', boss.name)
    FROM users AS boss
    WHERE boss.id = users.boss_id
  ) AS boss,
  TO_JSON(ARRAY(
    SELECT JSON_OBJECT('id', staff.id)
    FROM users AS staff
    WHERE staff.boss_id = users.id
    ORDER BY staff.id
  )) AS staff
FROM users AS users
ORDER BY users.id;

-- with_any
SELECT
  users.id AS id,
  (
    SELECT COUNT(*)
    FROM posts AS posts_2
    WHERE posts_2.user_id = users.id
  ) AS n
FROM users AS users
WHERE EXISTS (
  SELECT 1
  FROM posts AS posts
  WHERE posts.user_id = users.id
    AND posts.views > 5
)
ORDER BY users.id;
