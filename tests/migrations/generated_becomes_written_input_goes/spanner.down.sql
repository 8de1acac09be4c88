-- data loss: drops column full of table people

ALTER TABLE people DROP COLUMN `full`;

ALTER TABLE people ADD COLUMN last STRING(MAX);

-- fails when people has rows, which have NULL in last; fill it before
ALTER TABLE people ALTER COLUMN last STRING(MAX) NOT NULL;

-- fails when the value of a row cannot be computed or is NULL
ALTER TABLE people ADD COLUMN `full` STRING(MAX) NOT NULL AS (first || last) STORED;
