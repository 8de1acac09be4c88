-- data loss: drops column note of table shop.orders

ALTER TABLE "shop"."purchases" RENAME TO "orders";

ALTER TABLE "shop"."orders" RENAME CONSTRAINT "purchases_pkey" TO "orders_pkey";

ALTER TABLE "shop"."orders" DROP COLUMN "note";

ALTER TABLE "shop"."lines" RENAME CONSTRAINT "fk_shop_lines_order_shop_purchases" TO "fk_shop_lines_order_shop_orders";

ALTER INDEX "shop"."idx_shop_purchases_email" RENAME TO "idx_shop_orders_email";
