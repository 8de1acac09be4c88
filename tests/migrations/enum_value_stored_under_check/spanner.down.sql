ALTER TABLE tasks DROP CONSTRAINT ck_tasks_state;

ALTER TABLE tasks ALTER COLUMN state SET DEFAULT ('OPEN');

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key; fails when a new text breaks a check
UPDATE tasks AS it SET state = CASE it.state WHEN 'open' THEN 'OPEN' WHEN 'done' THEN 'DONE' ELSE it.state END WHERE it.state IN ('open', 'done');

-- fails when a row breaks the condition
ALTER TABLE tasks ADD CONSTRAINT ck_tasks_state CHECK (state IN ('OPEN', 'DONE'));
