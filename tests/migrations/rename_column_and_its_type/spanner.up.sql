ALTER TABLE items DROP CONSTRAINT ck_items_size;

ALTER TABLE items ADD COLUMN code STRING(MAX);

ALTER TABLE items ADD COLUMN long INT64;

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key; fails when a value of number does not fit STRING(MAX)
UPDATE items AS it SET code = CAST(it.number AS STRING), long = it.size WHERE TRUE;

ALTER TABLE items ALTER COLUMN code STRING(MAX) NOT NULL;

ALTER TABLE items DROP COLUMN number;

ALTER TABLE items DROP COLUMN size;
