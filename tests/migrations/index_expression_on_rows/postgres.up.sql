CREATE INDEX "idx_sales_amount" ON "sales" ("amount") WHERE "amount" IN (1, 2);

-- fails when a key or the condition cannot be computed for a row
CREATE INDEX "idx_sales_amount_amount" ON "sales" (("amount" + "amount"));

-- fails when a key or the condition cannot be computed for a row
CREATE INDEX "idx_sales_id" ON "sales" ("id") WHERE "amount" * 2 > 10;
