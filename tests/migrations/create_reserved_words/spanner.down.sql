-- data loss: drops table order with all its rows

DROP INDEX idx_order_select_from;

DROP TABLE `order`;
