ALTER TABLE jobs DROP CONSTRAINT ck_jobs_state;

ALTER TABLE logs DROP CONSTRAINT ck_logs_states;

-- fails when a row breaks the condition
ALTER TABLE jobs ADD CONSTRAINT ck_jobs_state CHECK (state IN ('open', 'done'));

-- fails when a row breaks the condition
ALTER TABLE logs ADD CONSTRAINT ck_logs_states CHECK (ARRAY_INCLUDES_ALL(['open', 'done'], states));
