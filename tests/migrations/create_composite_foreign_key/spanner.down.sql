-- data loss: drops table lines with all its rows
-- data loss: drops table orders with all its rows

DROP TABLE lines;

DROP TABLE orders;
