DROP INDEX i;

ALTER TABLE articles DROP COLUMN i_key1;

-- fails when the value of a row cannot be computed
ALTER TABLE articles ADD COLUMN i_key1 STRING(MAX) AS (LOWER(title)) STORED HIDDEN;

CREATE INDEX i ON articles (i_key1);
