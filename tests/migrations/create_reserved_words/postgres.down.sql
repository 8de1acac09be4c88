-- data loss: drops table order with all its rows

DROP TABLE "order";
