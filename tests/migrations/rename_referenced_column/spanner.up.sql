ALTER TABLE logins DROP CONSTRAINT fk_logins_mail_users;

DROP INDEX uq_users_mail;

ALTER TABLE logins ADD COLUMN email STRING(MAX);

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE logins AS it SET email = it.mail WHERE TRUE;

ALTER TABLE logins ALTER COLUMN email STRING(MAX) NOT NULL;

ALTER TABLE logins DROP COLUMN mail;

ALTER TABLE users ADD COLUMN email STRING(MAX);

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE users AS it SET email = it.mail WHERE TRUE;

ALTER TABLE users ALTER COLUMN email STRING(MAX) NOT NULL;

ALTER TABLE users DROP COLUMN mail;

-- fails when two rows have the same values
CREATE UNIQUE INDEX uq_users_email ON users (email);

-- fails when a row refers to one that is not there
ALTER TABLE logins ADD CONSTRAINT fk_logins_email_users FOREIGN KEY (email) REFERENCES users (email);
