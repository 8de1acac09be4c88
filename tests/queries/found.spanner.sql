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
