-- fails when a row has NULL in full; fill it before
ALTER TABLE "people" ALTER COLUMN "full" SET NOT NULL;
