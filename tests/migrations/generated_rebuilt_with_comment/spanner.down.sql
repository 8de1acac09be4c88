ALTER TABLE people DROP COLUMN key;

-- fails when the value of a row cannot be computed or is NULL
ALTER TABLE people ADD COLUMN key STRING(MAX) NOT NULL AS (LOWER(name)) STORED;
