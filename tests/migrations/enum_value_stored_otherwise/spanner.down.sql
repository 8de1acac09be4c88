ALTER TABLE jobs DROP CONSTRAINT ck_jobs_state;

ALTER TABLE logs DROP CONSTRAINT ck_logs_states;

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE jobs AS it SET state = CASE it.state WHEN 'finished' THEN 'done' ELSE it.state END WHERE it.state IN ('finished');

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE logs AS it SET states = ARRAY(SELECT CASE value WHEN 'finished' THEN 'done' ELSE value END FROM UNNEST(it.states) AS value WITH OFFSET AS place ORDER BY place) WHERE EXISTS(SELECT 1 FROM UNNEST(it.states) AS value WHERE value IN ('finished'));

-- fails when a row breaks the condition
ALTER TABLE jobs ADD CONSTRAINT ck_jobs_state CHECK (state IN ('open', 'done'));

-- fails when a row breaks the condition
ALTER TABLE logs ADD CONSTRAINT ck_logs_states CHECK (ARRAY_INCLUDES_ALL(['open', 'done'], states));
