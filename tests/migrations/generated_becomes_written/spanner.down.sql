-- data loss: drops column full of table people

ALTER TABLE people DROP COLUMN `full`;

ALTER TABLE people ADD COLUMN `full` STRING(MAX) NOT NULL AS (first || last) STORED;
