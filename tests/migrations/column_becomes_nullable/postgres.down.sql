-- fails when a row has NULL in note; fill it before
ALTER TABLE "items" ALTER COLUMN "note" SET NOT NULL;
