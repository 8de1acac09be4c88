ALTER TABLE "shop"."orders" RENAME TO "purchases";

ALTER TABLE "shop"."purchases" RENAME CONSTRAINT "orders_pkey" TO "purchases_pkey";

ALTER TABLE "shop"."lines" RENAME CONSTRAINT "fk_shop_lines_order_shop_orders" TO "fk_shop_lines_order_shop_purchases";

ALTER INDEX "shop"."idx_shop_orders_email" RENAME TO "idx_shop_purchases_email";

ALTER TABLE "shop"."purchases" ADD COLUMN "note" TEXT;
