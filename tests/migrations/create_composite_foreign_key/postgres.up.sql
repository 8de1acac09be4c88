CREATE TABLE "orders" (
  "tenant_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  PRIMARY KEY ("tenant_id", "id")
);

CREATE TABLE "lines" (
  "id" UUID NOT NULL PRIMARY KEY,
  "tenant_id" UUID NOT NULL,
  "order_id" UUID NOT NULL
);

ALTER TABLE "lines" ADD CONSTRAINT "fk_lines_tenant_id_order_id_orders" FOREIGN KEY ("tenant_id", "order_id") REFERENCES "orders" ("tenant_id", "id") ON DELETE CASCADE;
