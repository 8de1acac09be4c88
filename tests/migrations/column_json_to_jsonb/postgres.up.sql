-- rewrites items; fails when a value does not fit
ALTER TABLE "items" ALTER COLUMN "data" SET DATA TYPE JSONB;
