-- data loss: drops table guests with all its rows

DROP INDEX idx_teams_email;

DROP INDEX uq_teams_contact;

ALTER TABLE teams DROP CONSTRAINT ck_teams_email;

ALTER TABLE teams DROP CONSTRAINT ck_teams_total;

DROP INDEX idx_users_email;

DROP INDEX uq_users_contact;

ALTER TABLE users DROP CONSTRAINT ck_users_email;

ALTER TABLE users DROP CONSTRAINT ck_users_total;

DROP INDEX idx_guests_email;

DROP INDEX uq_guests_contact;

DROP TABLE guests;

ALTER TABLE teams ADD COLUMN mail STRING(MAX);

ALTER TABLE teams ADD COLUMN count INT64;

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE teams AS it SET mail = it.email, count = it.total WHERE TRUE;

ALTER TABLE teams ALTER COLUMN count INT64 NOT NULL DEFAULT (0);

ALTER TABLE teams DROP COLUMN email;

ALTER TABLE teams DROP COLUMN total;

ALTER TABLE users ADD COLUMN mail STRING(MAX);

ALTER TABLE users ADD COLUMN count INT64;

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE users AS it SET mail = it.email, count = it.total WHERE TRUE;

ALTER TABLE users ALTER COLUMN count INT64 NOT NULL DEFAULT (0);

ALTER TABLE users DROP COLUMN email;

ALTER TABLE users DROP COLUMN total;

CREATE INDEX idx_teams_mail ON teams (mail DESC);

-- fails when two rows have the same values
CREATE UNIQUE NULL_FILTERED INDEX uq_teams_contact ON teams (mail, count);

CREATE INDEX idx_users_mail ON users (mail DESC);

-- fails when two rows have the same values
CREATE UNIQUE NULL_FILTERED INDEX uq_users_contact ON users (mail, count);

-- fails when a row breaks the condition
ALTER TABLE teams ADD CONSTRAINT ck_teams_count CHECK (count BETWEEN -2147483648 AND 2147483647);

-- fails when a row breaks the condition
ALTER TABLE teams ADD CONSTRAINT ck_teams_mail CHECK (mail <> '');

-- fails when a row breaks the condition
ALTER TABLE users ADD CONSTRAINT ck_users_count CHECK (count BETWEEN -2147483648 AND 2147483647);

-- fails when a row breaks the condition
ALTER TABLE users ADD CONSTRAINT ck_users_mail CHECK (mail <> '');
