ALTER TABLE files ADD COLUMN name STRING(MAX);

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE files AS it SET name = it.title WHERE TRUE;

ALTER TABLE files ALTER COLUMN name STRING(MAX) NOT NULL;

ALTER TABLE files DROP COLUMN title;

CREATE OR REPLACE VIEW names SQL SECURITY INVOKER AS
SELECT f.name AS label FROM files AS f;
