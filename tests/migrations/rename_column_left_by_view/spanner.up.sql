DROP VIEW names;

ALTER TABLE files ADD COLUMN title STRING(MAX);

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE files AS it SET title = it.name WHERE TRUE;

ALTER TABLE files ALTER COLUMN title STRING(MAX) NOT NULL;

ALTER TABLE files DROP COLUMN name;

CREATE VIEW names SQL SECURITY INVOKER AS
SELECT f.title AS label FROM folders AS f;
