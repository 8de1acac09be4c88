CREATE TABLE "orders" (
  "order_id" UUID NOT NULL PRIMARY KEY
);

CREATE TABLE "order_details" (
  "order_id" UUID NOT NULL,
  "detail_id" BIGINT NOT NULL,
  "notes" TEXT,
  PRIMARY KEY ("order_id", "detail_id")
);

CREATE TABLE "order_notes" (
  "order_id" UUID NOT NULL,
  "line" BIGINT NOT NULL,
  PRIMARY KEY ("order_id", "line")
);

CREATE INDEX "IDX_OrderDetails_Notes" ON "order_details" ("notes");

ALTER TABLE "order_details" ADD CONSTRAINT "fk_order_details_order_id_orders" FOREIGN KEY ("order_id") REFERENCES "orders" ("order_id") ON DELETE CASCADE;

ALTER TABLE "order_notes" ADD CONSTRAINT "fk_order_notes_order_id_orders" FOREIGN KEY ("order_id") REFERENCES "orders" ("order_id");
