-- data loss: drops table shop.orders with all its rows

ALTER SEQUENCE "shop"."OrderNumbers" OWNED BY NONE;

DROP TABLE "shop"."orders";

DROP SEQUENCE "invoice_numbers";

DROP SEQUENCE "shop"."OrderNumbers";
