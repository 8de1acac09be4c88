CREATE SCHEMA IF NOT EXISTS shop;

CREATE TABLE shop.orders (
  order_id INT64 NOT NULL
) PRIMARY KEY (order_id);

CREATE TABLE items (
  order_id INT64 NOT NULL,
  item_id INT64 NOT NULL,
  label STRING(MAX) NOT NULL
) PRIMARY KEY (order_id, item_id),
  INTERLEAVE IN PARENT shop.orders ON DELETE NO ACTION;

CREATE INDEX idx_items_order_id_label ON items (order_id, label), INTERLEAVE IN shop.orders;
