-- data loss: drops table items with all its rows
-- data loss: drops table shop.orders with all its rows

DROP TABLE "items";

DROP TABLE "shop"."orders";
