ALTER TABLE items ADD COLUMN number INT64;

ALTER TABLE items ADD COLUMN size INT64;

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key; fails when a value of code does not fit INT64
UPDATE items AS it SET number = CAST(it.code AS INT64), size = it.long WHERE TRUE;

ALTER TABLE items ALTER COLUMN number INT64 NOT NULL;

ALTER TABLE items DROP COLUMN code;

ALTER TABLE items DROP COLUMN long;

-- fails when a row breaks the condition
ALTER TABLE items ADD CONSTRAINT ck_items_size CHECK (size BETWEEN -2147483648 AND 2147483647);
