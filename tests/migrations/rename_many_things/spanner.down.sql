ALTER TABLE users RENAME TO people;

DROP INDEX idx_users_progress_birthday;

DROP INDEX uq_users_email;

ALTER TABLE people DROP CONSTRAINT ck_users_progress;

ALTER TABLE people ADD COLUMN mail STRING(100);

ALTER TABLE people ADD COLUMN state STRING(MAX);

ALTER TABLE people ADD COLUMN born DATE;

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key; fails when a value of email does not fit STRING(100)
UPDATE people AS it SET mail = it.email, state = it.progress, born = it.birthday WHERE TRUE;

ALTER TABLE people ALTER COLUMN mail STRING(100) NOT NULL;

ALTER TABLE people ALTER COLUMN state STRING(MAX) NOT NULL DEFAULT ('open');

ALTER TABLE people DROP COLUMN email;

ALTER TABLE people DROP COLUMN progress;

ALTER TABLE people DROP COLUMN birthday;

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE people AS it SET state = CASE it.state WHEN 'waiting' THEN 'open' ELSE it.state END WHERE it.state IN ('waiting');

CREATE INDEX idx_people_state_born ON people (state, born);

-- fails when two rows have the same values
CREATE UNIQUE INDEX uq_people_mail ON people (mail);

-- fails when a row breaks the condition
ALTER TABLE people ADD CONSTRAINT ck_people_state CHECK (state IN ('open', 'done'));
