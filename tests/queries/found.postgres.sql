-- source_like_column_of_relation
SELECT
  "title"."id" AS "id",
  (
    SELECT COUNT(*)
    FROM "posts" AS "posts"
    WHERE "posts"."user_id" = "title"."id"
  ) AS "count",
  to_jsonb(ARRAY(
    SELECT jsonb_build_object(
      'id', "posts_2"."id",
      'title', "posts_2"."title"
    )
    FROM "posts" AS "posts_2"
    WHERE "posts_2"."user_id" = "title"."id"
    ORDER BY "posts_2"."id"
    LIMIT 2
  )) AS "posts"
FROM "users" AS "title"
ORDER BY "title"."id";

-- json_and_jsonb
SELECT
  "users"."id" AS "id",
  CASE WHEN "users"."id" = 1 THEN CAST($1::json AS JSONB) WHEN "users"."id" = 2 THEN $2::jsonb END AS "chosen",
  COALESCE(CAST($1::json AS JSONB), $2::jsonb) AS "first",
  CASE WHEN ("users"."id" = 2) THEN CAST($1::json AS JSONB) ELSE $2::jsonb END AS "other"
FROM "users" AS "users"
ORDER BY "users"."id";
