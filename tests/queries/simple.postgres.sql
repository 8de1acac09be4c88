-- all_users
SELECT
  "users"."id" AS "id",
  "users"."email" AS "email",
  "users"."name" AS "name",
  "users"."mood"::text AS "mood",
  "users"."age" AS "age",
  "users"."joined" AS "joined"
FROM "users" AS "users"
ORDER BY "users"."id";

-- recent_users
SELECT
  "users"."id" AS "id",
  "users"."name" AS "name"
FROM "users" AS "users"
WHERE "users"."joined" > $1::timestamptz
  AND "users"."name" IS NOT NULL
ORDER BY "users"."joined" DESC, "users"."id"
LIMIT $2::integer;

-- user_by_email
SELECT
  "users"."id" AS "id",
  "users"."email" AS "email"
FROM "users" AS "users"
WHERE "users"."email" = $1::text;

-- user_by_id
SELECT "users"."name" AS "name"
FROM "users" AS "users"
WHERE "users"."id" = $1::bigint;

-- by_name
SELECT
  "users"."id" AS "id",
  "users"."name" AS "name"
FROM "users" AS "users"
ORDER BY "users"."name" COLLATE "C" NULLS LAST, "users"."id";

-- by_name_down
SELECT
  "users"."id" AS "id",
  "users"."name" AS "name"
FROM "users" AS "users"
ORDER BY "users"."name" COLLATE "C" DESC NULLS FIRST, "users"."id";

-- by_score
SELECT
  "posts"."id" AS "id",
  "posts"."score" AS "score"
FROM "posts" AS "posts"
ORDER BY ("posts"."score" <> 'NaN') NULLS FIRST, "posts"."score" NULLS FIRST, "posts"."id";

-- by_score_down
SELECT
  "posts"."id" AS "id",
  "posts"."score" AS "score"
FROM "posts" AS "posts"
ORDER BY ("posts"."score" <> 'NaN') DESC NULLS FIRST, "posts"."score" DESC NULLS FIRST, "posts"."id" DESC;

-- high_scores
SELECT
  "posts"."id" AS "id",
  "posts"."score" > 1.0 AND "posts"."score" <> 'NaN' AS "high",
  CASE WHEN "posts"."score" IS NOT NULL THEN "posts"."score" < $1::double precision AND $1::double precision <> 'NaN' END AS "low",
  CASE WHEN "posts"."score" IS NOT NULL THEN "posts"."score" = "posts"."score" AND "posts"."score" <> 'NaN' END AS "same"
FROM "posts" AS "posts"
WHERE "posts"."score" >= $1::double precision AND "posts"."score" <> 'NaN'
ORDER BY "posts"."id";

-- filtered
SELECT
  "posts"."id" AS "id",
  "posts"."state" AS "state"
FROM "posts" AS "posts"
WHERE true
  AND "posts"."state" = $1::text
  AND "posts"."views" >= $2::integer
ORDER BY "posts"."id";

-- by_size
SELECT "users"."email" AS "email"
FROM "users" AS "users"
WHERE "users"."email" COLLATE "C" < $1::text OR "users"."name" COLLATE "C" BETWEEN 'A' AND 'Z'
ORDER BY "users"."email" COLLATE "C";

-- page
SELECT
  "posts"."id" AS "id",
  "posts"."at" AS "at"
FROM "posts" AS "posts"
WHERE ("posts"."at", "posts"."id") < ($1::timestamptz, $2::bigint)
ORDER BY "posts"."at" DESC NULLS LAST, "posts"."id" DESC
LIMIT 2;

-- users_in
SELECT "users"."id" AS "id"
FROM "users" AS "users"
WHERE "users"."id" = ANY ($1::bigint[])
ORDER BY "users"."id";

-- users_not_in
SELECT "users"."id" AS "id"
FROM "users" AS "users"
WHERE "users"."id" <> ALL ($1::bigint[])
ORDER BY "users"."id";

-- in_mood
SELECT
  "users"."id" AS "id",
  "users"."mood"::text AS "mood"
FROM "users" AS "users"
WHERE "users"."mood" = $1::"Mood" OR "users"."mood" IN ('happy')
ORDER BY "users"."mood"::text COLLATE "C", "users"."id";

-- skipped
SELECT "users"."id" AS "id"
FROM "users" AS "users"
ORDER BY "users"."id"
OFFSET $1::bigint;

-- distinct_views
SELECT "distinct_rows"."views" AS "views"
FROM (
  SELECT DISTINCT "posts"."views" AS "views"
  FROM "posts" AS "posts"
) AS "distinct_rows"
ORDER BY "distinct_rows"."views" DESC
LIMIT 2;

-- of_every_kind
SELECT
  "kinds"."id" AS "id",
  "kinds"."yes" AS "yes",
  "kinds"."small" AS "small",
  "kinds"."whole" AS "whole",
  "kinds"."big" AS "big",
  "kinds"."single" AS "single",
  "kinds"."double" AS "double",
  "kinds"."exact" AS "exact",
  "kinds"."word" AS "word",
  "kinds"."raw" AS "raw",
  "kinds"."key" AS "key",
  "kinds"."day" AS "day",
  "kinds"."at" AS "at",
  "kinds"."local" AS "local",
  "kinds"."json" AS "json",
  "kinds"."words" AS "words",
  "kinds"."exacts" AS "exacts",
  "kinds"."moods"::text[] AS "moods"
FROM "kinds" AS "kinds"
ORDER BY "kinds"."id";

-- by_truth
SELECT
  "users"."id" AS "id",
  "users"."age" AS "age",
  "users"."name" AS "name"
FROM "users" AS "users"
ORDER BY ("users"."age" > 30) NULLS LAST, ("users"."name" LIKE 'A%') DESC NULLS FIRST, "users"."id";
