DROP INDEX "idx_people_full_born";

ALTER TABLE "people" DROP CONSTRAINT "uq_people_full";

ALTER TABLE "people" DROP CONSTRAINT "ck_full";

ALTER TABLE "people" DROP COLUMN "full";

-- rewrites people, to compute the column of every row; fails when the value of a row cannot be computed or is NULL
ALTER TABLE "people" ADD COLUMN "full" TEXT NOT NULL GENERATED ALWAYS AS ("first" || "last") STORED;

COMMENT ON COLUMN "people"."full" IS 'Both names.';

CREATE INDEX "idx_people_full_born" ON "people" ("full", "born");

-- fails when two rows have the same values
ALTER TABLE "people" ADD CONSTRAINT "uq_people_full" UNIQUE ("full");

-- fails when a row breaks the condition
ALTER TABLE "people" ADD CONSTRAINT "ck_full" CHECK ("full" <> CAST("born" AS TEXT));
