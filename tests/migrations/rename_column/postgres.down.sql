ALTER TABLE "items" RENAME COLUMN "quantity" TO "amount";

ALTER TABLE "items" RENAME COLUMN "remark" TO "note";

ALTER TABLE "items" RENAME COLUMN "labels" TO "tags";

ALTER TABLE "items" RENAME COLUMN "parent" TO "owner";

ALTER INDEX "idx_items_remark" RENAME TO "idx_items_note";

ALTER TABLE "items" RENAME CONSTRAINT "uq_items_quantity" TO "uq_items_amount";

ALTER TABLE "items" RENAME CONSTRAINT "ck_items_quantity_remark" TO "ck_items_amount_note";

ALTER TABLE "items" RENAME CONSTRAINT "fk_items_parent_items" TO "fk_items_owner_items";
