-- data loss: drops table order_items with all its rows

DROP INDEX uq_order_item;

DROP TABLE order_items;
