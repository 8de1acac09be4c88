ALTER TABLE tasks DROP CONSTRAINT ck_tasks_others;

ALTER TABLE tasks DROP CONSTRAINT ck_tasks_state;

ALTER TABLE tasks ALTER COLUMN state SET DEFAULT ('new');

-- fails when a row breaks the condition
ALTER TABLE tasks ADD CONSTRAINT ck_tasks_others CHECK (ARRAY_INCLUDES_ALL(['open', 'done', 'new'], others));

-- fails when a row breaks the condition
ALTER TABLE tasks ADD CONSTRAINT ck_tasks_state CHECK (state IN ('open', 'done', 'new'));
