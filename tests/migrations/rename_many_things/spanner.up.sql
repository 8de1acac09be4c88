ALTER TABLE people RENAME TO users;

DROP INDEX idx_people_state_born;

DROP INDEX uq_people_mail;

ALTER TABLE users DROP CONSTRAINT ck_people_state;

ALTER TABLE users ADD COLUMN email STRING(200);

ALTER TABLE users ADD COLUMN progress STRING(MAX);

ALTER TABLE users ADD COLUMN birthday DATE;

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE users AS it SET email = it.mail, progress = it.state, birthday = it.born WHERE TRUE;

ALTER TABLE users ALTER COLUMN email STRING(200) NOT NULL;

ALTER TABLE users ALTER COLUMN progress STRING(MAX) NOT NULL DEFAULT ('waiting');

ALTER TABLE users DROP COLUMN mail;

ALTER TABLE users DROP COLUMN state;

ALTER TABLE users DROP COLUMN born;

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE users AS it SET progress = CASE it.progress WHEN 'open' THEN 'waiting' ELSE it.progress END WHERE it.progress IN ('open');

CREATE INDEX idx_users_progress_birthday ON users (progress, birthday);

-- fails when two rows have the same values
CREATE UNIQUE INDEX uq_users_email ON users (email);

-- fails when a row breaks the condition
ALTER TABLE users ADD CONSTRAINT ck_users_progress CHECK (progress IN ('waiting', 'done'));
