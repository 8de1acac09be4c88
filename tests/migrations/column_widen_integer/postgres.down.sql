ALTER TABLE "items" ALTER COLUMN "size" DROP DEFAULT;

-- rewrites items; fails when a value does not fit
ALTER TABLE "items" ALTER COLUMN "size" SET DATA TYPE INTEGER;

ALTER TABLE "items" ALTER COLUMN "size" SET DEFAULT 0;
