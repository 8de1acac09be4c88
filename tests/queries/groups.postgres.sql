-- totals
SELECT
  COUNT(*) AS "n",
  COUNT("posts"."score") AS "scores",
  CAST(SUM("posts"."views") AS BIGINT) AS "sum",
  (CAST(SUM("posts"."views") AS DOUBLE PRECISION) / NULLIF(COUNT("posts"."views"), 0)) AS "mean",
  CASE WHEN BOOL_OR("posts"."score" = 'NaN') THEN 'NaN' ELSE MIN("posts"."score") END AS "low",
  MAX("posts"."score") AS "high",
  MIN("posts"."title" COLLATE "C") AS "first",
  MAX("posts"."title" COLLATE "C") AS "last",
  CAST(SUM("posts"."price") AS NUMERIC(38, 9)) AS "price",
  ROUND(AVG("posts"."price"), 9) AS "mean_price",
  (SUM("posts"."score") / NULLIF(COUNT("posts"."score"), 0)) AS "mean_score"
FROM "posts" AS "posts";

-- per_user
SELECT
  "posts"."user_id" AS "user_id",
  COUNT(*) AS "n",
  CAST(SUM("posts"."views") AS BIGINT) AS "views"
FROM "posts" AS "posts"
GROUP BY "posts"."user_id"
HAVING COUNT(*) > 1
ORDER BY COUNT(*) DESC, "posts"."user_id";

-- per_initial
SELECT
  "grouped"."key_1" AS "low_title",
  upper("grouped"."key_1") AS "shout",
  "grouped"."value_1" AS "n",
  "grouped"."value_1" * 2 AS "twice"
FROM (
  SELECT
    lower("posts"."title") AS "key_1",
    COUNT(*) AS "value_1"
  FROM "posts" AS "posts"
  GROUP BY 1
) AS "grouped"
WHERE "grouped"."value_1" > 0
ORDER BY "grouped"."key_1" COLLATE "C" DESC;

-- per_year
SELECT
  "users"."age" AS "age",
  "users"."mood"::text AS "mood",
  COUNT(*) AS "n"
FROM "users" AS "users"
GROUP BY "users"."age", "users"."mood"
ORDER BY "users"."age" NULLS LAST, "users"."mood"::text COLLATE "C";

-- nothing
SELECT
  COUNT(*) AS "n",
  CAST(SUM("posts"."views") AS BIGINT) AS "sum",
  MIN("posts"."title" COLLATE "C") AS "low"
FROM "posts" AS "posts"
WHERE "posts"."id" < 0;

-- extremes
SELECT
  BOOL_AND("kinds"."yes") AS "yes",
  BOOL_OR("kinds"."yes") AS "no",
  CAST(MIN(CAST("kinds"."key" AS TEXT) COLLATE "C") AS UUID) AS "key",
  decode(MAX(encode("kinds"."raw", 'hex') COLLATE "C"), 'hex') AS "raw",
  MIN("kinds"."day") AS "day",
  MAX("kinds"."at") AS "at",
  MAX("kinds"."single") AS "single",
  COUNT(DISTINCT "kinds"."word") AS "words"
FROM "kinds" AS "kinds";

-- means_of_large_numbers
SELECT
  (CAST(SUM(CASE WHEN "posts"."id" = 10 THEN 9007199254740993 WHEN "posts"."id" = 11 THEN 2 END) AS DOUBLE PRECISION) / NULLIF(COUNT(CASE WHEN "posts"."id" = 10 THEN 9007199254740993 WHEN "posts"."id" = 11 THEN 2 END), 0)) AS "whole",
  (SUM(CASE WHEN "posts"."id" = 10 THEN $1::double precision WHEN "posts"."id" = 11 THEN 0.0 END) / NULLIF(COUNT(CASE WHEN "posts"."id" = 10 THEN $1::double precision WHEN "posts"."id" = 11 THEN 0.0 END), 0)) AS "double"
FROM "posts" AS "posts";
