-- reset
UPDATE "counters" AS "counters"
SET
  "hits" = DEFAULT,
  "note" = DEFAULT
WHERE "counters"."id" < 3
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits",
  "counters"."note" AS "note";

-- save
INSERT INTO "counters" AS "counters" ("id", "code", "hits", "note")
VALUES ($1::bigint, $2::text, 1, 'new')
ON CONFLICT ("id") DO UPDATE SET
  "hits" = DEFAULT,
  "note" = DEFAULT,
  "code" = "excluded"."code"
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits",
  "counters"."note" AS "note";

-- calm_down
UPDATE "users" AS "users"
SET
  "mood" = DEFAULT,
  "name" = DEFAULT
WHERE "users"."id" < 3
RETURNING
  "users"."id" AS "id",
  "users"."name" AS "name",
  "users"."mood"::text AS "mood";

-- forget
UPDATE "posts" AS "posts"
SET
  "state" = DEFAULT,
  "tags" = DEFAULT,
  "views" = DEFAULT,
  "score" = DEFAULT
WHERE "posts"."id" < 13
RETURNING
  "posts"."id" AS "id",
  "posts"."state" AS "state",
  "posts"."tags" AS "tags",
  "posts"."views" AS "views",
  "posts"."score" AS "score";

-- add_token
INSERT INTO "tokens" AS "tokens" ("id", "note")
VALUES ($1::uuid, $2::text);

-- see_again
UPDATE "tokens" AS "tokens"
SET "seen" = DEFAULT
WHERE "tokens"."seen" IS NOT NULL
RETURNING
  "tokens"."note" AS "note",
  "tokens"."seen" > '2020-01-01T00:00:00Z' AS "is_new";
