ALTER TABLE "items" RENAME COLUMN "code" TO "number";

ALTER TABLE "items" RENAME COLUMN "long" TO "size";

-- rewrites items; fails when a value does not fit
ALTER TABLE "items" ALTER COLUMN "number" SET DATA TYPE BIGINT USING "number"::BIGINT;

-- rewrites items; fails when a value does not fit
ALTER TABLE "items" ALTER COLUMN "size" SET DATA TYPE INTEGER;
