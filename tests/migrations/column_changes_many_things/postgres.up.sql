ALTER TABLE "items" ALTER COLUMN "code" SET DATA TYPE VARCHAR(20);

ALTER TABLE "items" ALTER COLUMN "code" SET DEFAULT 'b';

-- fails when a row has NULL in code; fill it before
ALTER TABLE "items" ALTER COLUMN "code" SET NOT NULL;

COMMENT ON COLUMN "items"."code" IS 'New.';
