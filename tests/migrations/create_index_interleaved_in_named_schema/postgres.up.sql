CREATE SCHEMA IF NOT EXISTS "shop";

CREATE TABLE "shop"."orders" (
  "order_id" BIGINT NOT NULL PRIMARY KEY
);

CREATE TABLE "items" (
  "order_id" BIGINT NOT NULL,
  "item_id" BIGINT NOT NULL,
  "label" TEXT NOT NULL,
  PRIMARY KEY ("order_id", "item_id")
);

CREATE INDEX "idx_items_order_id_label" ON "items" ("order_id", "label");

ALTER TABLE "items" ADD CONSTRAINT "fk_items_order_id_shop_orders" FOREIGN KEY ("order_id") REFERENCES "shop"."orders" ("order_id");
