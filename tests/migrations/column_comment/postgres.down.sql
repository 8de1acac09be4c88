COMMENT ON COLUMN "items"."note" IS NULL;
