CREATE TABLE orders (
  order_id STRING(36) NOT NULL
) PRIMARY KEY (order_id);

CREATE TABLE order_details (
  order_id STRING(36) NOT NULL,
  detail_id INT64 NOT NULL,
  notes STRING(MAX)
) PRIMARY KEY (order_id, detail_id),
  INTERLEAVE IN PARENT orders ON DELETE CASCADE;

CREATE INDEX IDX_OrderDetails_Notes ON order_details (notes);

CREATE TABLE order_notes (
  order_id STRING(36) NOT NULL,
  line INT64 NOT NULL
) PRIMARY KEY (order_id, line),
  INTERLEAVE IN PARENT orders ON DELETE NO ACTION;
