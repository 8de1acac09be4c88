ALTER TABLE people DROP COLUMN `full`;

-- fails when the value of a row cannot be computed or is NULL
ALTER TABLE people ADD COLUMN `full` STRING(MAX) NOT NULL AS (first || last) STORED;
