-- data loss: drops table order_details with all its rows
-- data loss: drops table order_notes with all its rows
-- data loss: drops table orders with all its rows

DROP TABLE "order_notes";

DROP TABLE "order_details";

DROP TABLE "orders";
