-- rewrites items
ALTER TABLE "items" ALTER COLUMN "code" SET DATA TYPE TEXT;
