ALTER TABLE tasks DROP CONSTRAINT ck_tasks_state;

ALTER TABLE tasks ALTER COLUMN state SET DEFAULT ('open');

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key; fails when a new text breaks a check
UPDATE tasks AS it SET state = CASE it.state WHEN 'OPEN' THEN 'open' WHEN 'DONE' THEN 'done' ELSE it.state END WHERE it.state IN ('OPEN', 'DONE');

-- fails when a row breaks the condition
ALTER TABLE tasks ADD CONSTRAINT ck_tasks_state CHECK (state IN ('open', 'done'));
