ALTER TABLE "items" RENAME COLUMN "number" TO "code";

ALTER TABLE "items" RENAME COLUMN "size" TO "long";

-- rewrites items
ALTER TABLE "items" ALTER COLUMN "code" SET DATA TYPE TEXT;

-- rewrites items
ALTER TABLE "items" ALTER COLUMN "long" SET DATA TYPE BIGINT;
