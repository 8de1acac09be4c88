-- add_rows
INSERT INTO "counters" AS "counters" ("id", "code", "hits", "note")
VALUES
  ($1::bigint, $2::text, $3::bigint, $4::text)
RETURNING
  "counters"."id" AS "id",
  "counters"."hits" AS "hits",
  "counters"."note" AS "note";

-- add
INSERT INTO "counters" AS "counters" ("id", "code", "note")
VALUES ($1::bigint, $2::text, 'new')
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits";

-- add_two
INSERT INTO "counters" AS "counters" ("id", "code", "hits")
VALUES
  (40, 'p', DEFAULT),
  (41, 'q', 2);

-- put
INSERT INTO "counters" AS "counters" ("id", "code", "hits")
VALUES ($1::bigint, $2::text, 100)
ON CONFLICT ("id") DO UPDATE SET "code" = "excluded"."code"
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits",
  "counters"."note" AS "note";

-- hit
INSERT INTO "counters" AS "counters" ("id", "code", "hits")
VALUES (60, $1::text, 1)
ON CONFLICT ("code") DO UPDATE SET "hits" = "counters"."hits" + "excluded"."hits"
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits";

-- put_new
INSERT INTO "counters" AS "counters" ("id", "code", "hits", "note")
VALUES
  ($1::bigint, $2::text, $3::bigint, $4::text)
ON CONFLICT ("id") DO NOTHING
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits",
  "counters"."note" AS "note";

-- put_new_codes
INSERT INTO "counters" AS "counters" ("id", "code", "hits", "note")
VALUES
  ($1::bigint, $2::text, $3::bigint, $4::text)
ON CONFLICT ("code") DO NOTHING
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits",
  "counters"."note" AS "note";

-- put_all
INSERT INTO "counters" AS "counters" ("id", "code", "hits", "note")
VALUES
  ($1::bigint, $2::text, $3::bigint, $4::text)
ON CONFLICT ("id") DO UPDATE SET "note" = "excluded"."note"
WHERE "counters"."hits" < 1000
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits",
  "counters"."note" AS "note";

-- put_by_code
INSERT INTO "counters" AS "counters" ("id", "code", "hits", "note")
VALUES
  ($1::bigint, $2::text, $3::bigint, $4::text)
ON CONFLICT ("code") DO UPDATE SET "hits" = "excluded"."hits"
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits",
  "counters"."note" AS "note";

-- copy_users
INSERT INTO "counters" AS "counters" ("id", "code")
SELECT
  "users"."id" + 1000,
  "users"."email"
FROM "users" AS "users"
WHERE "users"."id" < 3
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits";

-- copy_again
INSERT INTO "counters" AS "counters" ("id", "code", "hits")
SELECT
  "users"."id" + 1000,
  "users"."email" || '!',
  "users"."id"
FROM "users" AS "users"
ON CONFLICT ("id") DO UPDATE SET
  "hits" = "excluded"."hits" + 1,
  "note" = "excluded"."code"
WHERE "counters"."hits" < 100
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits",
  "counters"."note" AS "note";

-- copy_by_code
INSERT INTO "counters" AS "counters" ("id", "code", "hits")
SELECT
  "users"."id" + 2000,
  "users"."email",
  "users"."id"
FROM "users" AS "users"
ON CONFLICT ("code") DO UPDATE SET "hits" = "excluded"."hits" + 50
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits",
  "counters"."note" AS "note";

-- change
UPDATE "counters" AS "counters"
SET
  "hits" = "counters"."hits" * 2,
  "note" = $1::text
WHERE "counters"."id" = $2::bigint
RETURNING
  "counters"."id" AS "id",
  "counters"."hits" AS "hits",
  "counters"."note" AS "note";

-- change_some
UPDATE "counters" AS "counters"
SET "note" = 'some'
WHERE "counters"."id" < 100
  AND "counters"."hits" > $1::bigint
RETURNING
  "counters"."id" AS "id",
  "counters"."note" AS "note";

-- change_by_query
UPDATE "counters" AS "c"
SET "note" = (
  SELECT "users"."name"
  FROM "users" AS "users"
  WHERE "users"."id" = "c"."id"
)
WHERE "c"."id" IN (
  SELECT "users_2"."id"
  FROM "users" AS "users_2"
)
RETURNING
  "c"."id" AS "id",
  "c"."note" AS "note";

-- change_mood
UPDATE "users" AS "users"
SET
  "mood" = $1::"Mood",
  "boss_id" = NULL
WHERE "users"."id" = 1
RETURNING
  "users"."id" AS "id",
  "users"."mood"::text AS "mood",
  "users"."boss_id" AS "boss_id";

-- change_mood_back
UPDATE "users" AS "users"
SET "mood" = CAST(CASE WHEN "users"."mood" = 'sad' THEN 'happy' ELSE 'sad' END AS "Mood")
WHERE "users"."id" < 3
RETURNING
  "users"."id" AS "id",
  "users"."mood"::text AS "mood";

-- drop
DELETE FROM "counters" AS "counters"
WHERE "counters"."id" = $1::bigint
RETURNING
  "counters"."code" AS "code",
  "counters"."hits" AS "hits";

-- left
SELECT
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits",
  "counters"."note" AS "note"
FROM "counters" AS "counters"
ORDER BY "counters"."id";

-- drop_all
DELETE FROM "counters" AS "counters"
WHERE true;

-- copy_new
INSERT INTO "counters" AS "counters" ("id", "code")
SELECT
  "users"."id" + 1,
  "users"."email"
FROM "users" AS "users"
WHERE "users"."id" > 1
ON CONFLICT ("id") DO UPDATE SET "id" = excluded."id"
WHERE FALSE
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code";

-- copy_new_quietly
INSERT INTO "counters" AS "counters" ("id", "code")
SELECT
  "users"."id",
  "users"."email" || '?'
FROM "users" AS "users"
ON CONFLICT ("id") DO UPDATE SET "id" = excluded."id"
WHERE FALSE;

-- add_token
INSERT INTO "tokens" AS "tokens" ("id", "note")
VALUES ($1::uuid, $2::text)
RETURNING "tokens"."note" AS "note";

-- add_tokens
INSERT INTO "tokens" AS "tokens" ("id", "note", "seen")
VALUES
  ($1::uuid, $2::text, $3::timestamptz)
RETURNING "tokens"."note" AS "note";

-- touch
UPDATE "tokens" AS "tokens"
SET
  "note" = "tokens"."note" || '!',
  "seen" = CURRENT_TIMESTAMP
WHERE "tokens"."note" <> 'two'
RETURNING "tokens"."note" AS "note";
