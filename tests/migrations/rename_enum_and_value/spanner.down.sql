ALTER TABLE jobs DROP CONSTRAINT ck_jobs_state;

ALTER TABLE jobs DROP CONSTRAINT ck_jobs_state_id;

ALTER TABLE jobs DROP CONSTRAINT ck_jobs_states;

ALTER TABLE jobs ALTER COLUMN state SET DEFAULT ('open');

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE jobs AS it SET state = CASE it.state WHEN 'waiting' THEN 'open' ELSE it.state END WHERE it.state IN ('waiting');

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE jobs AS it SET states = ARRAY(SELECT CASE value WHEN 'waiting' THEN 'open' ELSE value END FROM UNNEST(it.states) AS value WITH OFFSET AS place ORDER BY place) WHERE EXISTS(SELECT 1 FROM UNNEST(it.states) AS value WHERE value IN ('waiting'));

-- fails when a row breaks the condition
ALTER TABLE jobs ADD CONSTRAINT ck_jobs_state CHECK (state IN ('open', 'done'));

-- fails when a row breaks the condition
ALTER TABLE jobs ADD CONSTRAINT ck_jobs_state_id CHECK (state <> 'open' OR id IS NOT NULL);

-- fails when a row breaks the condition
ALTER TABLE jobs ADD CONSTRAINT ck_jobs_states CHECK (ARRAY_INCLUDES_ALL(['open', 'done'], states));
