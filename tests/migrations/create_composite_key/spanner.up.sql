CREATE TABLE order_items (
  order_id INT64 NOT NULL,
  item_id INT64 NOT NULL,
  quantity INT64 DEFAULT (1)
) PRIMARY KEY (order_id, item_id);

CREATE UNIQUE INDEX uq_order_item ON order_items (item_id, order_id);
