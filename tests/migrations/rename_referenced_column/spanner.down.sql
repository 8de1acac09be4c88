ALTER TABLE logins DROP CONSTRAINT fk_logins_email_users;

DROP INDEX uq_users_email;

ALTER TABLE logins ADD COLUMN mail STRING(MAX);

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE logins AS it SET mail = it.email WHERE TRUE;

ALTER TABLE logins ALTER COLUMN mail STRING(MAX) NOT NULL;

ALTER TABLE logins DROP COLUMN email;

ALTER TABLE users ADD COLUMN mail STRING(MAX);

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE users AS it SET mail = it.email WHERE TRUE;

ALTER TABLE users ALTER COLUMN mail STRING(MAX) NOT NULL;

ALTER TABLE users DROP COLUMN email;

-- fails when two rows have the same values
CREATE UNIQUE INDEX uq_users_mail ON users (mail);

-- fails when a row refers to one that is not there
ALTER TABLE logins ADD CONSTRAINT fk_logins_mail_users FOREIGN KEY (mail) REFERENCES users (mail);
