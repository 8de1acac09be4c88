ALTER TABLE people ALTER COLUMN `full` STRING(MAX) AS (first || last) STORED;
