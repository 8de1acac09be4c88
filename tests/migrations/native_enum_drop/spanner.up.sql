-- data loss: drops column state of table tasks
-- data loss: drops column others of table tasks
-- data loss: drops column title of table tasks

ALTER TABLE tasks DROP CONSTRAINT ck_tasks_others;

ALTER TABLE tasks DROP CONSTRAINT ck_tasks_state;

ALTER TABLE tasks DROP CONSTRAINT ck_tasks_state_title;

ALTER TABLE tasks DROP COLUMN state;

ALTER TABLE tasks DROP COLUMN others;

ALTER TABLE tasks DROP COLUMN title;
