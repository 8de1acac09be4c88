-- data loss: drops table order_items with all its rows

DROP TABLE "order_items";
