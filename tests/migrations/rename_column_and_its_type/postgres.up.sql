ALTER TABLE "items" RENAME COLUMN "number" TO "code";

ALTER TABLE "items" RENAME COLUMN "size" TO "long";

-- rewrites items unless the new type only takes more; fails when a value does not fit
ALTER TABLE "items" ALTER COLUMN "code" SET DATA TYPE TEXT;

-- rewrites items unless the new type only takes more; fails when a value does not fit
ALTER TABLE "items" ALTER COLUMN "long" SET DATA TYPE BIGINT;
