ALTER TABLE tasks DROP CONSTRAINT ck_tasks_state;

ALTER TABLE tasks ALTER COLUMN state SET DEFAULT ('b');

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE tasks AS it SET state = CASE it.state WHEN 'a' THEN 'b' WHEN 'b' THEN 'a' WHEN 'c' THEN 'd' ELSE it.state END WHERE it.state IN ('a', 'b', 'c');

-- fails when a row breaks the condition
ALTER TABLE tasks ADD CONSTRAINT ck_tasks_state CHECK (state IN ('b', 'a', 'd'));
