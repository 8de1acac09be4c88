DROP INDEX idx_teams_mail;

DROP INDEX uq_teams_contact;

ALTER TABLE teams DROP CONSTRAINT ck_teams_count;

ALTER TABLE teams DROP CONSTRAINT ck_teams_mail;

DROP INDEX idx_users_mail;

DROP INDEX uq_users_contact;

ALTER TABLE users DROP CONSTRAINT ck_users_count;

ALTER TABLE users DROP CONSTRAINT ck_users_mail;

CREATE TABLE guests (
  id STRING(36) NOT NULL,
  email STRING(MAX),
  total INT64 NOT NULL DEFAULT (0),
  CONSTRAINT ck_guests_email CHECK (email <> ''),
  CONSTRAINT ck_guests_total CHECK (total BETWEEN -2147483648 AND 2147483647)
) PRIMARY KEY (id);

CREATE INDEX idx_guests_email ON guests (email DESC);

CREATE UNIQUE NULL_FILTERED INDEX uq_guests_contact ON guests (email, total);

ALTER TABLE teams ADD COLUMN email STRING(MAX);

ALTER TABLE teams ADD COLUMN total INT64;

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE teams AS it SET email = it.mail, total = it.count WHERE TRUE;

ALTER TABLE teams ALTER COLUMN total INT64 NOT NULL DEFAULT (0);

ALTER TABLE teams DROP COLUMN mail;

ALTER TABLE teams DROP COLUMN count;

ALTER TABLE users ADD COLUMN email STRING(MAX);

ALTER TABLE users ADD COLUMN total INT64;

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE users AS it SET email = it.mail, total = it.count WHERE TRUE;

ALTER TABLE users ALTER COLUMN total INT64 NOT NULL DEFAULT (0);

ALTER TABLE users DROP COLUMN mail;

ALTER TABLE users DROP COLUMN count;

CREATE INDEX idx_teams_email ON teams (email DESC);

-- fails when two rows have the same values
CREATE UNIQUE NULL_FILTERED INDEX uq_teams_contact ON teams (email, total);

CREATE INDEX idx_users_email ON users (email DESC);

-- fails when two rows have the same values
CREATE UNIQUE NULL_FILTERED INDEX uq_users_contact ON users (email, total);

-- fails when a row breaks the condition
ALTER TABLE teams ADD CONSTRAINT ck_teams_email CHECK (email <> '');

-- fails when a row breaks the condition
ALTER TABLE teams ADD CONSTRAINT ck_teams_total CHECK (total BETWEEN -2147483648 AND 2147483647);

-- fails when a row breaks the condition
ALTER TABLE users ADD CONSTRAINT ck_users_email CHECK (email <> '');

-- fails when a row breaks the condition
ALTER TABLE users ADD CONSTRAINT ck_users_total CHECK (total BETWEEN -2147483648 AND 2147483647);
