-- data loss: drops column note of table lines

ALTER TABLE "purchase_lines" RENAME TO "lines";

ALTER TABLE "lines" RENAME CONSTRAINT "purchase_lines_pkey" TO "lines_pkey";

ALTER TABLE "purchases" RENAME TO "orders";

ALTER TABLE "orders" RENAME CONSTRAINT "purchases_pkey" TO "orders_pkey";

ALTER TABLE "lines" DROP COLUMN "note";

ALTER TABLE "lines" RENAME CONSTRAINT "fk_purchase_lines_id_purchases" TO "fk_lines_id_orders";
