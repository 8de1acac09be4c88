ALTER TABLE tasks DROP CONSTRAINT ck_tasks_state;

ALTER TABLE tasks ALTER COLUMN state SET DEFAULT ('a');

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE tasks AS it SET state = CASE it.state WHEN 'b' THEN 'a' WHEN 'a' THEN 'b' WHEN 'd' THEN 'c' ELSE it.state END WHERE it.state IN ('b', 'a', 'd');

-- fails when a row breaks the condition
ALTER TABLE tasks ADD CONSTRAINT ck_tasks_state CHECK (state IN ('a', 'b', 'c'));
