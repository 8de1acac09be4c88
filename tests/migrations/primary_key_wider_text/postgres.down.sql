-- rewrites items; fails when a value does not fit
ALTER TABLE "items" ALTER COLUMN "id" SET DATA TYPE VARCHAR(10);
