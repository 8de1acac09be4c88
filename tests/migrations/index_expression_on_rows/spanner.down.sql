DROP INDEX idx_sales_amount;

DROP INDEX idx_sales_amount_amount;

DROP INDEX idx_sales_id;

ALTER TABLE sales DROP COLUMN idx_sales_amount_amount_key1;
