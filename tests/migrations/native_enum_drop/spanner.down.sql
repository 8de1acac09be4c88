ALTER TABLE tasks ADD COLUMN state STRING(MAX) NOT NULL DEFAULT ('open');

ALTER TABLE tasks ADD COLUMN others ARRAY<STRING(MAX)> NOT NULL DEFAULT (['open', 'done']);

ALTER TABLE tasks ADD COLUMN title STRING(MAX);

-- fails when a row breaks the condition
ALTER TABLE tasks ADD CONSTRAINT ck_tasks_others CHECK (ARRAY_INCLUDES_ALL(['open', 'done'], others));

-- fails when a row breaks the condition
ALTER TABLE tasks ADD CONSTRAINT ck_tasks_state CHECK (state IN ('open', 'done'));

-- fails when a row breaks the condition
ALTER TABLE tasks ADD CONSTRAINT ck_tasks_state_title CHECK (state <> 'done' OR title <> '');
