COMMENT ON COLUMN "items"."note" IS 'What was said.';
