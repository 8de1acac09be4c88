-- fails when the value of a row cannot be computed
ALTER TABLE sales ADD COLUMN idx_sales_amount_amount_key1 INT64 AS (amount + amount) STORED HIDDEN;

CREATE INDEX idx_sales_amount ON sales (amount);

CREATE INDEX idx_sales_amount_amount ON sales (idx_sales_amount_amount_key1);

CREATE INDEX idx_sales_id ON sales (id);
