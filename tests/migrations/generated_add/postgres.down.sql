DROP INDEX "idx_people_full";

ALTER TABLE "people" DROP COLUMN "year";

ALTER TABLE "people" DROP COLUMN "full";
