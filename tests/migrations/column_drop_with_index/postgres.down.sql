ALTER TABLE "items" ADD COLUMN "note" TEXT;

CREATE INDEX "idx_items_note_name" ON "items" ("note", "name");

-- fails when two rows have the same values
ALTER TABLE "items" ADD CONSTRAINT "uq_items_note" UNIQUE ("note");
