-- rewrites items
ALTER TABLE "items" ALTER COLUMN "data" SET DATA TYPE JSON;
