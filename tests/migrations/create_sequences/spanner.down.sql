-- data loss: drops table shop.orders with all its rows

DROP TABLE shop.orders;

DROP SEQUENCE invoice_numbers;

DROP SEQUENCE shop.OrderNumbers;
