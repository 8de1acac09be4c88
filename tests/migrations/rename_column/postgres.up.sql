ALTER TABLE "items" RENAME COLUMN "amount" TO "quantity";

ALTER TABLE "items" RENAME COLUMN "note" TO "remark";

ALTER TABLE "items" RENAME COLUMN "tags" TO "labels";

ALTER TABLE "items" RENAME COLUMN "owner" TO "parent";

ALTER INDEX "idx_items_note" RENAME TO "idx_items_remark";

ALTER TABLE "items" RENAME CONSTRAINT "uq_items_amount" TO "uq_items_quantity";

ALTER TABLE "items" RENAME CONSTRAINT "ck_items_amount_note" TO "ck_items_quantity_remark";

ALTER TABLE "items" RENAME CONSTRAINT "fk_items_owner_items" TO "fk_items_parent_items";
