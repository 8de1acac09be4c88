CREATE TABLE "order_items" (
  "order_id" BIGINT NOT NULL,
  "item_id" BIGINT NOT NULL,
  "quantity" BIGINT DEFAULT 1,
  CONSTRAINT "order_items_key" PRIMARY KEY ("order_id", "item_id")
);

CREATE UNIQUE INDEX "uq_order_item" ON "order_items" ("item_id", "order_id");
