-- rewrites items; fails when a value does not fit
ALTER TABLE "items" ALTER COLUMN "price" SET DATA TYPE NUMERIC(10, 4);
