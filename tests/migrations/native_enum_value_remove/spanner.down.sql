ALTER TABLE tasks DROP CONSTRAINT ck_tasks_others;

ALTER TABLE tasks DROP CONSTRAINT ck_tasks_state;

ALTER TABLE tasks ADD CONSTRAINT ck_tasks_others CHECK (ARRAY_INCLUDES_ALL(['open', 'waiting', 'done'], others));

ALTER TABLE tasks ADD CONSTRAINT ck_tasks_state CHECK (state IN ('open', 'waiting', 'done'));
