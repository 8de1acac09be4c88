-- unions
SELECT
  "rows"."id" AS "id",
  "rows"."word" AS "word"
FROM (
  SELECT
    "users"."id" AS "id",
    "users"."email" AS "word"
  FROM "users" AS "users"
  WHERE "users"."id" < 3
  UNION ALL
  SELECT
    "posts"."id" AS "id",
    "posts"."title" AS "title"
  FROM "posts" AS "posts"
  WHERE "posts"."id" < 12
) AS "rows"
ORDER BY "rows"."id";

-- differences
SELECT "rows"."views" AS "views"
FROM (
  SELECT "posts"."views" AS "views"
  FROM "posts" AS "posts"
  EXCEPT DISTINCT
  SELECT "posts_2"."views" AS "views"
  FROM "posts" AS "posts_2"
  WHERE "posts_2"."state" = 'published'
) AS "rows";

-- pairs_in
SELECT "posts"."id" AS "id"
FROM "posts" AS "posts"
WHERE ("posts"."user_id", "posts"."views") IN (
  SELECT
    "posts_2"."user_id",
    "posts_2"."views"
  FROM "posts" AS "posts_2"
  WHERE "posts_2"."views" > $1::integer
)
ORDER BY "posts"."id";

-- pairs_not_in
SELECT "posts"."id" AS "id"
FROM "posts" AS "posts"
WHERE ("posts"."score", "posts"."views", "posts"."score" = 'NaN') NOT IN (
  SELECT
    "found"."score",
    "found"."views",
    CASE WHEN "found"."score" IS NOT NULL THEN false END
  FROM (
    SELECT
      "posts_2"."score" AS "score",
      "posts_2"."views" AS "views"
    FROM "posts" AS "posts_2"
    WHERE "posts_2"."id" < 12
  ) AS "found"
)
ORDER BY "posts"."id";

-- listed_pairs
SELECT
  "users"."id" AS "id",
  ("users"."id", "users"."email") <> (1, 'ada@x') AS "same"
FROM "users" AS "users"
WHERE ("users"."id", "users"."email") IN ((1, 'ada@x'), (2, 'x'))
ORDER BY "users"."id";

-- computed
SELECT
  "posts"."id" AS "id",
  CAST("posts"."views" AS BIGINT) / 2 AS "half",
  mod(CAST("posts"."views" AS BIGINT), CAST(2 AS BIGINT)) AS "rest",
  CAST("posts"."price" * 2 AS NUMERIC(38, 9)) AS "more",
  "posts"."title" || '!' AS "shown",
  CASE WHEN "posts"."score" IS NULL THEN 'none' WHEN "posts"."score" > 1 AND "posts"."score" <> 'NaN' THEN 'high' ELSE 'low' END AS "kind"
FROM "posts" AS "posts"
ORDER BY "posts"."id";

-- texts_of_numbers
SELECT
  "kinds"."id" AS "id",
  CAST(trim_scale("kinds"."exact") AS TEXT) AS "e",
  CAST("kinds"."whole" AS TEXT) AS "w",
  CAST("kinds"."yes" AS TEXT) AS "y"
FROM "kinds" AS "kinds"
ORDER BY "kinds"."id";

-- values_of_every_kind
SELECT "kinds"."id" AS "id"
FROM "kinds" AS "kinds"
WHERE true
  AND "kinds"."day" = $1::date
  AND "kinds"."key" = $2::uuid
  AND "kinds"."raw" <> $3::bytea
  AND "kinds"."local" = $4::timestamp
  AND "kinds"."exact" <> $5::numeric
  AND "kinds"."single" = $6::real AND "kinds"."single" <> 'NaN'
ORDER BY "kinds"."id";

-- echoed
SELECT
  $1::text[] AS "words",
  $2::date AS "day",
  $3::uuid AS "key",
  $4::bytea AS "raw",
  $5::jsonb AS "json",
  $6::timestamp AS "local",
  $7::numeric AS "exact",
  $8::real AS "single",
  $9::text AS "mood",
  $10::timestamptz AS "at",
  $11::boolean AS "yes"
FROM "kinds" AS "kinds"
WHERE "kinds"."id" = 1;

-- everything_nested
SELECT
  "kinds"."id" AS "id",
  (
    SELECT "kinds_2"."word"
    FROM "kinds" AS "kinds_2"
    WHERE "kinds_2"."id" = 1
  ) AS "same"
FROM "kinds" AS "kinds"
WHERE "kinds"."id" = 1;
