DROP INDEX "idx_people_full";

ALTER TABLE "people" DROP COLUMN "full";
