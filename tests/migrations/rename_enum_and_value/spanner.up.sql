ALTER TABLE jobs DROP CONSTRAINT ck_jobs_state;

ALTER TABLE jobs DROP CONSTRAINT ck_jobs_state_id;

ALTER TABLE jobs DROP CONSTRAINT ck_jobs_states;

ALTER TABLE jobs ALTER COLUMN state SET DEFAULT ('waiting');

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE jobs AS it SET state = CASE it.state WHEN 'open' THEN 'waiting' ELSE it.state END WHERE it.state IN ('open');

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE jobs AS it SET states = ARRAY(SELECT CASE value WHEN 'open' THEN 'waiting' ELSE value END FROM UNNEST(it.states) AS value WITH OFFSET AS place ORDER BY place) WHERE EXISTS(SELECT 1 FROM UNNEST(it.states) AS value WHERE value IN ('open'));

-- fails when a row breaks the condition
ALTER TABLE jobs ADD CONSTRAINT ck_jobs_state CHECK (state IN ('waiting', 'done'));

-- fails when a row breaks the condition
ALTER TABLE jobs ADD CONSTRAINT ck_jobs_state_id CHECK (state <> 'waiting' OR id IS NOT NULL);

-- fails when a row breaks the condition
ALTER TABLE jobs ADD CONSTRAINT ck_jobs_states CHECK (ARRAY_INCLUDES_ALL(['waiting', 'done'], states));
