ALTER TABLE tasks DROP CONSTRAINT ck_tasks_state;

CREATE INDEX idx_tasks_title ON tasks (title);

ALTER TABLE tasks ADD CONSTRAINT ck_tasks_state CHECK (state IN ('open', 'done', 'lost'));
