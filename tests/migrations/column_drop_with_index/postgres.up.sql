-- data loss: drops column note of table items

DROP INDEX "idx_items_note_name";

ALTER TABLE "items" DROP CONSTRAINT "uq_items_note";

ALTER TABLE "items" DROP COLUMN "note";
