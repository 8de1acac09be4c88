ALTER TABLE "items" ALTER COLUMN "code" DROP NOT NULL;

-- rewrites items; fails when a value does not fit
ALTER TABLE "items" ALTER COLUMN "code" SET DATA TYPE VARCHAR(10);

ALTER TABLE "items" ALTER COLUMN "code" SET DEFAULT 'a';

COMMENT ON COLUMN "items"."code" IS 'Old.';
