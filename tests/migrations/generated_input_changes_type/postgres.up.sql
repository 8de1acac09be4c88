DROP INDEX "idx_people_size_key";

ALTER TABLE "people" DROP COLUMN "key";

-- rewrites people; fails when a value does not fit
ALTER TABLE "people" ALTER COLUMN "first" SET DATA TYPE VARCHAR(80);

-- rewrites people, to compute the column of every row; fails when the value of a row cannot be computed or is NULL
ALTER TABLE "people" ADD COLUMN "key" TEXT NOT NULL GENERATED ALWAYS AS (lower("first")) STORED;

CREATE INDEX "idx_people_size_key" ON "people" ("size", "key");

-- fails when a row breaks the condition
ALTER TABLE "people" ADD CONSTRAINT "ck_people_data" CHECK (octet_length("data") <= 200);
