CREATE TABLE orders (
  tenant_id STRING(36) NOT NULL,
  id STRING(36) NOT NULL
) PRIMARY KEY (tenant_id, id);

CREATE TABLE lines (
  id STRING(36) NOT NULL,
  tenant_id STRING(36) NOT NULL,
  order_id STRING(36) NOT NULL
) PRIMARY KEY (id);

ALTER TABLE lines ADD CONSTRAINT fk_lines_tenant_id_order_id_orders FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id) ON DELETE CASCADE;
