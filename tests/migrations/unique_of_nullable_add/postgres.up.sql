-- fails when two rows have the same values
ALTER TABLE "items" ADD CONSTRAINT "uq_items_note" UNIQUE ("note");
