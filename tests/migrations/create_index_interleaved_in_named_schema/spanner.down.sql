-- data loss: drops table items with all its rows
-- data loss: drops table shop.orders with all its rows

DROP INDEX idx_items_order_id_label;

DROP TABLE items;

DROP TABLE shop.orders;
