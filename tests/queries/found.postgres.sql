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

-- column_like_alias
UPDATE "kinds" AS "word"
SET "word" = 'new'
WHERE "word"."id" = $1::bigint
RETURNING
  "word"."id" AS "id",
  "word"."word" AS "word";

-- upsert_by_null
INSERT INTO "badges" AS "badges" ("id", "label", "weight")
VALUES ($1::bigint, NULL, 2)
ON CONFLICT ("label") DO UPDATE SET "weight" = 3
RETURNING
  "badges"."id" AS "id",
  "badges"."label" AS "label",
  "badges"."weight" AS "weight";

-- insert_number_from_query
INSERT INTO "badges" AS "badges" ("id", "label", "weight")
SELECT
  $1::bigint,
  "users"."email",
  CAST(16777216 AS REAL)
FROM "users" AS "users"
WHERE "users"."id" = 1
RETURNING
  "badges"."id" AS "id",
  "badges"."label" AS "label",
  "badges"."weight" AS "weight";

-- rows_that_are_new
INSERT INTO "badges" AS "badges" ("id", "label", "weight", "badges")
VALUES
  ($1::bigint, $2::text, $3::real, $4::text)
ON CONFLICT ("id") DO NOTHING
RETURNING
  "badges"."id" AS "id",
  "badges"."label" AS "label";

-- upsert_of_a_key_twice
INSERT INTO "badges" AS "badges" ("id", "weight")
SELECT
  $1::bigint,
  CAST(1.5 AS REAL)
FROM "posts" AS "posts"
ON CONFLICT ("id") DO UPDATE SET "weight" = "excluded"."weight";

-- upsert_of_a_known_key_twice
INSERT INTO "badges" AS "badges" ("id", "weight")
SELECT
  1,
  CAST(1.5 AS REAL)
FROM "posts" AS "posts"
ON CONFLICT ("id") DO UPDATE SET "label" = NULL;

-- upsert_column_like_table
INSERT INTO "badges" AS "badges" ("id", "weight", "badges")
SELECT
  "users"."id",
  CAST(4 AS REAL),
  "users"."email"
FROM "users" AS "users"
WHERE "users"."id" = $1::bigint
ON CONFLICT ("id") DO UPDATE SET "badges" = "excluded"."badges"
WHERE "badges"."weight" < 4
RETURNING
  "badges"."id" AS "id",
  "badges"."badges" AS "badges",
  "badges"."weight" AS "weight";

-- column_like_table
UPDATE "badges" AS "badges"
SET "badges" = 'x'
WHERE "badges"."id" = $1::bigint
  AND EXISTS (
    SELECT "posts"."id"
    FROM "posts" AS "posts"
    WHERE "posts"."id" = 10
  )
RETURNING
  "badges"."id" AS "id",
  "badges"."badges" AS "badges";

-- nan_is_nan
SELECT ($1::double precision IS DISTINCT FROM $2::double precision) AS "differs"
FROM "users" AS "users"
WHERE "users"."id" = 1;

-- new_key_twice
INSERT INTO "badges" AS "badges" ("id", "weight")
SELECT
  $1::bigint,
  CAST(1.5 AS REAL)
FROM "posts" AS "posts"
ON CONFLICT ("id") DO UPDATE SET "id" = excluded."id"
WHERE FALSE;

-- new_key_twice_returned
INSERT INTO "badges" AS "badges" ("id", "weight")
SELECT
  $1::bigint,
  CAST(1.5 AS REAL)
FROM "posts" AS "posts"
ON CONFLICT ("id") DO UPDATE SET "id" = excluded."id"
WHERE FALSE
RETURNING "badges"."id" AS "id";

-- known_key_twice
INSERT INTO "badges" AS "badges" ("id", "weight")
SELECT
  1,
  CAST(1.5 AS REAL)
FROM "posts" AS "posts"
ON CONFLICT ("id") DO UPDATE SET "id" = excluded."id"
WHERE FALSE
RETURNING "badges"."id" AS "id";
