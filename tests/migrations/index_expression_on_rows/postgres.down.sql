DROP INDEX "idx_sales_amount";

DROP INDEX "idx_sales_amount_amount";

DROP INDEX "idx_sales_id";
