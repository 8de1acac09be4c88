ALTER TABLE people ADD COLUMN `full` STRING(MAX) NOT NULL AS (first || last) STORED;

ALTER TABLE people ADD COLUMN year INT64 AS (MOD(born, 100)) STORED;

CREATE INDEX idx_people_full ON people (`full`);
