ALTER TABLE "items" ALTER COLUMN "code" DROP DEFAULT;

-- rewrites items; fails when a value does not fit
ALTER TABLE "items" ALTER COLUMN "code" SET DATA TYPE BIGINT USING "code"::BIGINT;

ALTER TABLE "items" ALTER COLUMN "code" SET DEFAULT 1;
