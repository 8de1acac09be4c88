-- data loss: drops table orders with all its rows

DROP TABLE orders;
