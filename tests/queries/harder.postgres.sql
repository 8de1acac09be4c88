-- no_source
SELECT
  1 AS "one",
  1.5 AS "half",
  'it''s' AS "word",
  true AS "yes",
  CAST('{"b":1,"a":[true]}' AS JSONB) AS "json";

-- crossed
SELECT
  "one"."id" AS "one",
  "two"."id" AS "two"
FROM "users" AS "one"
CROSS JOIN "users" AS "two"
WHERE "one"."id" < "two"."id"
  AND "two"."id" < 4
ORDER BY "one"."id", "two"."id";

-- full_joined
SELECT
  "users"."id" AS "user",
  "posts"."id" AS "post"
FROM "users" AS "users"
FULL JOIN "posts" AS "posts" ON "posts"."id" = "users"."id" + 9
ORDER BY "users"."id" NULLS LAST, "posts"."id" NULLS FIRST;

-- right_joined
SELECT
  "users"."id" AS "user",
  "posts"."id" AS "post"
FROM "posts" AS "posts"
RIGHT JOIN "users" AS "users" ON "posts"."user_id" = "users"."id"
ORDER BY "users"."id", "posts"."id" NULLS LAST;

-- optional_in_relations
SELECT
  "users"."id" AS "id",
  to_jsonb(ARRAY(
    SELECT jsonb_build_object('id', "posts"."id")
    FROM "posts" AS "posts"
    WHERE "posts"."user_id" = "users"."id"
      AND "posts"."state" = 'published'
    ORDER BY "posts"."id"
  )) AS "posts",
  EXISTS (
    SELECT "posts_2"."id"
    FROM "posts" AS "posts_2"
    JOIN "comments" AS "comments" ON "comments"."post_id" = "posts_2"."id"
    WHERE "posts_2"."user_id" = "users"."id"
      AND "comments"."text" <> $1::text
  ) AS "commented",
  (
    SELECT COUNT(*)
    FROM "posts" AS "posts_3"
    WHERE "posts_3"."user_id" = "users"."id"
      AND "posts_3"."state" = $2::text
  ) AS "n"
FROM "users" AS "users"
ORDER BY "users"."id";

-- grouped_with_queries
SELECT
  "grouped"."key_1" AS "rest",
  "grouped"."value_1" AS "n",
  (
    SELECT COUNT(*)
    FROM "users" AS "users"
  ) AS "users"
FROM (
  SELECT
    mod(CAST("posts"."views" AS BIGINT), CAST(2 AS BIGINT)) AS "key_1",
    COUNT(*) AS "value_1"
  FROM "posts" AS "posts"
  GROUP BY 1
) AS "grouped"
ORDER BY "grouped"."key_1";

-- groups_in_relations
SELECT
  "users"."id" AS "id",
  (
    SELECT "posts"."title"
    FROM "posts" AS "posts"
    WHERE "posts"."user_id" = "users"."id"
    ORDER BY "posts"."views" DESC, "posts"."id"
    LIMIT 1
  ) AS "best",
  (
    SELECT CAST(SUM("posts_2"."views") AS BIGINT)
    FROM "posts" AS "posts_2"
    WHERE "posts_2"."user_id" = "users"."id"
  ) AS "views"
FROM "users" AS "users"
ORDER BY "users"."id";

-- nested_tables
SELECT "users"."id" AS "id"
FROM "users" AS "users"
WHERE "users"."id" IN (
  WITH "few" AS (
    SELECT "posts"."user_id" AS "user_id"
    FROM "posts" AS "posts"
    WHERE "posts"."views" < 2
  )
  SELECT "few_2"."user_id"
  FROM "few" AS "few_2"
)
ORDER BY "users"."id";

-- chained_tables
WITH "published_posts" AS (
  SELECT
    "posts"."id" AS "id",
    "posts"."user_id" AS "user_id",
    "posts"."views" AS "views"
  FROM "posts" AS "posts"
  WHERE "posts"."state" = 'published'
), "totals" AS (
  SELECT
    "published_posts_2"."user_id" AS "user_id",
    CAST(SUM("published_posts_2"."views") AS BIGINT) AS "views"
  FROM "published_posts" AS "published_posts_2"
  GROUP BY "published_posts_2"."user_id"
)
SELECT
  "users"."email" AS "email",
  "totals_2"."views" AS "views"
FROM "totals" AS "totals_2"
JOIN "users" AS "users" ON "users"."id" = "totals_2"."user_id"
ORDER BY "users"."id";

-- three_sets
SELECT "rows"."id" AS "id"
FROM (
  SELECT "users"."id" AS "id"
  FROM "users" AS "users"
  WHERE "users"."id" <= 2
  UNION DISTINCT
  SELECT "posts"."id" AS "id"
  FROM "posts" AS "posts"
  WHERE "posts"."id" <= 11
  UNION DISTINCT
  SELECT "posts_2"."user_id" AS "user_id"
  FROM "posts" AS "posts_2"
  WHERE "posts_2"."id" <= 12
) AS "rows"
ORDER BY "rows"."id" DESC
LIMIT 3;

-- both_sets
SELECT "rows"."id" AS "id"
FROM (
  SELECT "users"."id" AS "id"
  FROM "users" AS "users"
  INTERSECT DISTINCT
  SELECT "posts"."user_id" AS "user_id"
  FROM "posts" AS "posts"
) AS "rows";

-- in_enums
SELECT "posts"."id" AS "id"
FROM "posts" AS "posts"
JOIN "users" AS "users" ON "users"."id" = "posts"."user_id"
WHERE "posts"."state" = ANY ($1::text[]) OR "users"."mood" = ANY ($2::"Mood"[])
ORDER BY "posts"."id";

-- in_scores
SELECT
  "posts"."id" AS "id",
  "posts"."score" = ANY ($1::double precision[]) AND "posts"."score" <> 'NaN' AS "inside",
  "posts"."score" <> ALL ($1::double precision[]) OR "posts"."score" = 'NaN' AS "outside",
  "posts"."score" IN (1.5, 0.1) AS "listed"
FROM "posts" AS "posts"
ORDER BY "posts"."id";

-- scores_between
SELECT
  "posts"."id" AS "id",
  "posts"."score" >= $1::double precision AND "posts"."score" <> 'NaN' AND CASE WHEN "posts"."score" IS NOT NULL THEN "posts"."score" <= $2::double precision AND $2::double precision <> 'NaN' END AS "inside"
FROM "posts" AS "posts"
ORDER BY "posts"."id";

-- every_kind_nested
SELECT
  "users"."id" AS "id",
  to_jsonb(ARRAY(
    SELECT jsonb_build_object(
      'id', "posts"."id",
      'score', "posts"."score",
      'price', CAST(trim_scale("posts"."price") AS TEXT),
      'at', to_char("posts"."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'tags', "posts"."tags",
      'state', "posts"."state"
    )
    FROM "posts" AS "posts"
    WHERE "posts"."user_id" = "users"."id"
    ORDER BY "posts"."id"
  )) AS "posts",
  (
    SELECT COUNT(*)
    FROM "kinds" AS "kinds"
  ) AS "kinds"
FROM "users" AS "users"
WHERE "users"."id" = 1;

-- distinct_words
SELECT
  "distinct_rows"."word" AS "word",
  "distinct_rows"."views" AS "views"
FROM (
  SELECT DISTINCT
    lower("posts"."title") AS "word",
    "posts"."views" AS "views"
  FROM "posts" AS "posts"
) AS "distinct_rows"
ORDER BY "distinct_rows"."word" COLLATE "C" DESC;

-- outputs_like_sources
SELECT
  "users"."id" AS "users",
  COUNT(*) AS "posts"
FROM "users" AS "users"
JOIN "posts" AS "posts" ON "posts"."user_id" = "users"."id"
GROUP BY "users"."id"
HAVING COUNT(*) > 0
ORDER BY "users"."id";

-- counted_like_sources
SELECT
  "grouped_2"."key_1" AS "grouped",
  "grouped_2"."value_1" AS "posts"
FROM (
  SELECT
    mod("posts"."user_id", CAST(2 AS BIGINT)) AS "key_1",
    COUNT(*) AS "value_1"
  FROM "posts" AS "posts"
  GROUP BY 1
) AS "grouped_2"
ORDER BY "grouped_2"."key_1";
