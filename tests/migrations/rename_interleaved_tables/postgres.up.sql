ALTER TABLE "lines" RENAME TO "purchase_lines";

ALTER TABLE "purchase_lines" RENAME CONSTRAINT "lines_pkey" TO "purchase_lines_pkey";

ALTER TABLE "orders" RENAME TO "purchases";

ALTER TABLE "purchases" RENAME CONSTRAINT "orders_pkey" TO "purchases_pkey";

ALTER TABLE "purchase_lines" RENAME CONSTRAINT "fk_lines_id_orders" TO "fk_purchase_lines_id_purchases";

ALTER TABLE "purchase_lines" ADD COLUMN "note" TEXT;
