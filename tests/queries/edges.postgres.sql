-- blank
INSERT INTO "blanks" AS "blanks" ("id")
VALUES (DEFAULT)
RETURNING
  "blanks"."note" AS "note",
  "blanks"."n" AS "n";

-- two_blanks
INSERT INTO "blanks" AS "blanks" ("id")
VALUES
  (DEFAULT),
  (DEFAULT)
RETURNING
  "blanks"."note" AS "note",
  "blanks"."n" AS "n";

-- with_defaults
INSERT INTO "flags" AS "flags" ("id", "code")
VALUES ($1::bigint, $2::text)
ON CONFLICT ("code") DO UPDATE SET
  "amount" = "flags"."amount" + "excluded"."amount",
  "kind" = "excluded"."kind" || '!',
  "label" = "excluded"."label" || '?'
WHERE "excluded"."amount" > 5
RETURNING
  "flags"."id" AS "id",
  "flags"."code" AS "code",
  "flags"."kind" AS "kind",
  "flags"."label" AS "label",
  "flags"."amount" AS "amount";

-- without_code
INSERT INTO "flags" AS "flags" ("id", "code", "amount")
VALUES ($1::bigint, NULL, 100)
ON CONFLICT ("code") DO UPDATE SET
  "label" = 'again',
  "amount" = "excluded"."amount" + 1
RETURNING
  "flags"."id" AS "id",
  "flags"."code" AS "code",
  "flags"."label" AS "label",
  "flags"."amount" AS "amount";

-- with_nulls
INSERT INTO "flags" AS "flags" ("id", "code", "kind", "label", "price")
VALUES ($1::bigint, $2::text, 'n', NULL, NULL)
ON CONFLICT ("code") DO UPDATE SET
  "label" = "excluded"."label",
  "price" = "excluded"."price"
RETURNING
  "flags"."id" AS "id",
  "flags"."code" AS "code",
  "flags"."label" AS "label",
  "flags"."price" AS "price";

-- without_price
INSERT INTO "flags" AS "flags" ("id", "code", "kind", "amount", "price")
VALUES ($1::bigint, 'p', 'p', $1::bigint, NULL)
ON CONFLICT ("price") DO NOTHING
RETURNING "flags"."id" AS "id";

-- with_default_of_query
INSERT INTO "flags" AS "flags" ("id", "code")
SELECT
  "users"."id" + 10,
  $1::text
FROM "users" AS "users"
WHERE "users"."id" = 1
ON CONFLICT ("code") DO UPDATE SET
  "amount" = "flags"."amount" + "excluded"."amount",
  "kind" = "excluded"."kind" || '.'
RETURNING
  "flags"."code" AS "code",
  "flags"."kind" AS "kind",
  "flags"."amount" AS "amount";

-- rows_with_defaults
INSERT INTO "flags" AS "flags" ("id", "code", "kind", "label", "amount", "price")
VALUES
  ($1::bigint, $2::text, $3::text, $4::text, $5::bigint, $6::numeric)
ON CONFLICT ("code") DO UPDATE SET
  "amount" = "flags"."amount" + "excluded"."amount",
  "kind" = "excluded"."kind"
RETURNING
  "flags"."id" AS "id",
  "flags"."code" AS "code",
  "flags"."kind" AS "kind",
  "flags"."amount" AS "amount";

-- rows_with_a_key_of_two
INSERT INTO "flags" AS "flags" ("id", "code", "kind", "label", "amount", "price")
VALUES
  ($1::bigint, $2::text, $3::text, $4::text, $5::bigint, $6::numeric)
ON CONFLICT ("kind", "amount") DO UPDATE SET "label" = 'changed'
RETURNING
  "flags"."id" AS "id",
  "flags"."kind" AS "kind",
  "flags"."amount" AS "amount";

-- rows_with_numbers
INSERT INTO "flags" AS "flags" ("id", "code", "kind", "label", "amount", "price")
VALUES
  ($1::bigint, $2::text, $3::text, $4::text, $5::bigint, $6::numeric)
ON CONFLICT ("price") DO UPDATE SET "label" = 'changed'
RETURNING
  "flags"."id" AS "id",
  "flags"."price" AS "price";

-- two_at_once
INSERT INTO "counters" AS "counters" ("id", "code")
VALUES
  (90, $1::text),
  (91, $2::text)
ON CONFLICT ("code") DO UPDATE SET "hits" = "counters"."hits" + 1
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits";

-- one_of_many
UPDATE "counters" AS "counters"
SET "hits" = 0
WHERE "counters"."id" < 1000
RETURNING "counters"."id" AS "id";

-- optional_of_many
DELETE FROM "comments" AS "comments"
WHERE true
RETURNING "comments"."post_id" AS "post_id";

-- one_of_none
UPDATE "counters" AS "counters"
SET "hits" = 0
WHERE "counters"."id" = -1
RETURNING "counters"."id" AS "id";

-- one_of_rows
INSERT INTO "counters" AS "counters" ("id", "code", "hits", "note")
VALUES
  ($1::bigint, $2::text, $3::bigint, $4::text)
ON CONFLICT ("code") DO UPDATE SET "hits" = "excluded"."hits"
RETURNING "counters"."id" AS "id";

-- still_there
SELECT
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits"
FROM "counters" AS "counters"
ORDER BY "counters"."id";

-- comments_still_there
SELECT COUNT(*) AS "n"
FROM "comments" AS "comments";

-- correlated_with
SELECT
  "users"."id" AS "id",
  (
    WITH "own_3" AS (
      SELECT "posts_2"."views" AS "views"
      FROM "posts" AS "posts_2"
      WHERE "posts_2"."user_id" = "users"."id"
    )
    SELECT CAST(SUM("own_4"."views") AS BIGINT)
    FROM "own_3" AS "own_4"
  ) AS "n"
FROM "users" AS "users"
WHERE EXISTS (
  WITH "own" AS (
    SELECT "posts"."id" AS "id"
    FROM "posts" AS "posts"
    WHERE "posts"."user_id" = "users"."id"
  ), "seen" AS (
    SELECT "own_2"."id" AS "id"
    FROM "own" AS "own_2"
  )
  SELECT "seen_2"."id"
  FROM "seen" AS "seen_2"
  WHERE "seen_2"."id" > 10
)
ORDER BY "users"."id";

-- nested_with
WITH "first" AS (
  SELECT
    "users"."id" AS "id",
    "users"."name" AS "name"
  FROM "users" AS "users"
)
SELECT "s"."id" AS "id"
FROM (
  WITH "second" AS (
    SELECT "first_2"."id" AS "id"
    FROM "first" AS "first_2"
    WHERE "first_2"."id" < 3
  )
  SELECT "second_2"."id" AS "id"
  FROM "second" AS "second_2"
) AS "s"
ORDER BY "s"."id";

-- update_with
UPDATE "counters" AS "counters"
SET "note" = (
  WITH "newest" AS (
    SELECT "users"."name" AS "name"
    FROM "users" AS "users"
    ORDER BY "users"."id" DESC
    LIMIT 1
  )
  SELECT "newest_2"."name"
  FROM "newest" AS "newest_2"
)
WHERE "counters"."id" IN (
  WITH "least" AS (
    SELECT "users_2"."id" AS "id"
    FROM "users" AS "users_2"
    WHERE "users_2"."id" < 3
  )
  SELECT "least_2"."id"
  FROM "least" AS "least_2"
)
RETURNING
  "counters"."id" AS "id",
  "counters"."note" AS "note";

-- insert_with
INSERT INTO "counters" AS "counters" ("id", "code")
WITH "known" AS (
  SELECT
    "users"."id" AS "id",
    "users"."email" AS "email"
  FROM "users" AS "users"
  WHERE "users"."id" < 3
)
SELECT
  "known_2"."id" + 3000,
  "known_2"."email" || '-with'
FROM "known" AS "known_2"
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code";

-- upsert_with
INSERT INTO "counters" AS "counters" ("id", "code", "hits")
WITH "known" AS (
  SELECT
    "users"."id" AS "id",
    "users"."email" AS "email"
  FROM "users" AS "users"
  WHERE "users"."id" < 3
)
SELECT
  "known_2"."id" + 4000,
  "known_2"."email" || '-up',
  "known_2"."id"
FROM "known" AS "known_2"
ON CONFLICT ("code") DO UPDATE SET "hits" = "counters"."hits" + "excluded"."hits"
RETURNING
  "counters"."id" AS "id",
  "counters"."code" AS "code",
  "counters"."hits" AS "hits";

-- delete_with
DELETE FROM "counters" AS "counters"
WHERE "counters"."id" IN (
  WITH "known" AS (
    SELECT "users"."id" AS "id"
    FROM "users" AS "users"
  )
  SELECT "known_2"."id" + 4000
  FROM "known" AS "known_2"
)
RETURNING "counters"."id" AS "id";

-- different_scores
SELECT "distinct_rows"."score" AS "score"
FROM (
  SELECT DISTINCT "s"."score" AS "score"
  FROM (
    SELECT "rows"."score" AS "score"
    FROM (
      SELECT "posts"."score" AS "score"
      FROM "posts" AS "posts"
      UNION ALL
      SELECT "posts_2"."score" AS "score"
      FROM "posts" AS "posts_2"
    ) AS "rows"
  ) AS "s"
) AS "distinct_rows"
ORDER BY ("distinct_rows"."score" <> 'NaN') NULLS FIRST, "distinct_rows"."score" NULLS FIRST;

-- counted_scores
SELECT
  "s"."score" AS "score",
  COUNT(*) AS "n"
FROM (
  SELECT "rows"."score" AS "score"
  FROM (
    SELECT "posts"."score" AS "score"
    FROM "posts" AS "posts"
    UNION ALL
    SELECT "posts_2"."score" AS "score"
    FROM "posts" AS "posts_2"
  ) AS "rows"
) AS "s"
GROUP BY "s"."score"
ORDER BY ("s"."score" <> 'NaN') NULLS FIRST, "s"."score" NULLS FIRST;

-- united_scores
SELECT "rows"."score" AS "score"
FROM (
  SELECT "posts"."score" AS "score"
  FROM "posts" AS "posts"
  UNION DISTINCT
  SELECT "posts_2"."score" AS "score"
  FROM "posts" AS "posts_2"
) AS "rows"
ORDER BY ("rows"."score" <> 'NaN') NULLS FIRST, "rows"."score" NULLS FIRST;

-- common_scores
SELECT "rows"."score" AS "score"
FROM (
  SELECT "posts"."score" AS "score"
  FROM "posts" AS "posts"
  INTERSECT DISTINCT
  SELECT "posts_2"."score" AS "score"
  FROM "posts" AS "posts_2"
) AS "rows"
ORDER BY ("rows"."score" <> 'NaN') NULLS FIRST, "rows"."score" NULLS FIRST;

-- united_keys
SELECT "rows"."key" AS "key"
FROM (
  SELECT "kinds"."key" AS "key"
  FROM "kinds" AS "kinds"
  WHERE "kinds"."id" < 3
  UNION DISTINCT
  SELECT CAST('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' AS UUID) AS "key"
  FROM "kinds" AS "kinds_2"
  WHERE "kinds_2"."id" = 1
) AS "rows"
ORDER BY "rows"."key" NULLS FIRST;

-- times_in_relations
SELECT
  "users"."id" AS "id",
  "users"."joined" AS "joined",
  (
    SELECT jsonb_build_object('joined', to_char("boss"."joined" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    FROM "users" AS "boss"
    WHERE "boss"."id" = "users"."boss_id"
  ) AS "boss",
  to_jsonb(ARRAY(
    SELECT jsonb_build_object('at', to_char("posts"."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    FROM "posts" AS "posts"
    WHERE "posts"."user_id" = "users"."id"
    ORDER BY "posts"."id"
  )) AS "posts"
FROM "users" AS "users"
ORDER BY "users"."id";
