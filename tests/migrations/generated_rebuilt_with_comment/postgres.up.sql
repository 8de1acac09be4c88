ALTER TABLE "people" DROP COLUMN "key";

-- rewrites people, to compute the column of every row; fails when the value of a row cannot be computed or is NULL
ALTER TABLE "people" ADD COLUMN "key" TEXT NOT NULL GENERATED ALWAYS AS (upper("name")) STORED;

COMMENT ON COLUMN "people"."key" IS 'What is searched in capitals.';
