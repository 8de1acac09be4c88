DROP INDEX idx_tasks_title;

ALTER TABLE tasks DROP CONSTRAINT ck_tasks_state;

-- fails when a row breaks the condition
ALTER TABLE tasks ADD CONSTRAINT ck_tasks_state CHECK (state IN ('open', 'done'));
