CREATE SEQUENCE "order_numbers";

CREATE TABLE "drafts" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "number" BIGINT NOT NULL DEFAULT (nextval('"kept_numbers"'))
);

ALTER TABLE "orders" ALTER COLUMN "number" SET DEFAULT (nextval('"order_numbers"'));

ALTER SEQUENCE "kept_numbers" OWNED BY "drafts"."number";

ALTER SEQUENCE "order_numbers" OWNED BY "orders"."number";
