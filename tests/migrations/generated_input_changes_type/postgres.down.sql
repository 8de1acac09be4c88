DROP INDEX "idx_people_size_key";

ALTER TABLE "people" DROP CONSTRAINT "ck_people_data";

ALTER TABLE "people" DROP COLUMN "key";

ALTER TABLE "people" ALTER COLUMN "first" SET DATA TYPE TEXT;

-- rewrites people, to compute the column of every row; fails when the value of a row cannot be computed or is NULL
ALTER TABLE "people" ADD COLUMN "key" TEXT NOT NULL GENERATED ALWAYS AS (lower("first")) STORED;

CREATE INDEX "idx_people_size_key" ON "people" ("size", "key");
