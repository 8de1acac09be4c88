-- rewrites items unless the new type only takes more; fails when a value does not fit
ALTER TABLE "items" ALTER COLUMN "data" SET DATA TYPE JSONB;
