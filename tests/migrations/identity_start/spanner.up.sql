ALTER TABLE orders ALTER COLUMN number ALTER IDENTITY SET SKIP RANGE 1, 999;

-- numbers that were handed out after the new start come again
ALTER TABLE orders ALTER COLUMN number ALTER IDENTITY RESTART COUNTER WITH 1000;

ALTER TABLE orders ALTER COLUMN batch ALTER IDENTITY SET NO SKIP RANGE;

-- numbers that were handed out after the new start come again
ALTER TABLE orders ALTER COLUMN batch ALTER IDENTITY RESTART COUNTER WITH 1;
