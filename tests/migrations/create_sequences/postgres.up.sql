CREATE SCHEMA IF NOT EXISTS "shop";

CREATE SEQUENCE "invoice_numbers" START WITH 1000;

COMMENT ON SEQUENCE "invoice_numbers" IS 'Numbers of invoices.';

CREATE SEQUENCE "shop"."OrderNumbers" INCREMENT BY 5 CACHE 20;

CREATE TABLE "shop"."orders" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "number" BIGINT NOT NULL DEFAULT (nextval('"shop"."OrderNumbers"')),
  "invoice" BIGINT DEFAULT (nextval('"invoice_numbers"'))
);

ALTER SEQUENCE "shop"."OrderNumbers" OWNED BY "shop"."orders"."number";
