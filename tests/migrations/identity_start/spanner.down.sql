ALTER TABLE orders ALTER COLUMN number ALTER IDENTITY SET NO SKIP RANGE;

-- numbers that were handed out after the new start come again
ALTER TABLE orders ALTER COLUMN number ALTER IDENTITY RESTART COUNTER WITH 1;

ALTER TABLE orders ALTER COLUMN batch ALTER IDENTITY SET SKIP RANGE 2, 8;

-- numbers that were handed out after the new start come again
ALTER TABLE orders ALTER COLUMN batch ALTER IDENTITY RESTART COUNTER WITH 9;
