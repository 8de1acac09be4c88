ALTER TABLE tasks DROP CONSTRAINT fk_tasks_owner_id_people;

DROP VIEW mails_of_tasks;

DROP VIEW mails;

ALTER TABLE tasks RENAME TO jobs;

ALTER TABLE people RENAME TO users;

DROP INDEX idx_tasks_owner_id;

ALTER TABLE jobs DROP CONSTRAINT ck_tasks_state;

ALTER TABLE users ADD COLUMN mail STRING(MAX);

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE users AS it SET mail = it.email WHERE TRUE;

ALTER TABLE users ALTER COLUMN mail STRING(MAX) NOT NULL;

ALTER TABLE users DROP COLUMN email;

CREATE INDEX idx_jobs_owner_id ON jobs (owner_id);

-- fails when a row breaks the condition
ALTER TABLE jobs ADD CONSTRAINT ck_jobs_state CHECK (state IN ('open', 'done'));

-- fails when a row refers to one that is not there
ALTER TABLE jobs ADD CONSTRAINT fk_jobs_owner_id_users FOREIGN KEY (owner_id) REFERENCES users (id);

CREATE VIEW mails SQL SECURITY INVOKER AS
SELECT
  users.id AS id,
  users.mail AS address
FROM users AS users
WHERE users.mail <> ''
  AND EXISTS (
    SELECT 1
    FROM jobs AS jobs
    WHERE jobs.owner_id = users.id
      AND jobs.state = 'open'
  );

CREATE VIEW mails_of_tasks SQL SECURITY INVOKER AS
SELECT
  jobs.id AS id,
  mails.address AS address
FROM jobs AS jobs
JOIN users AS owner ON owner.id = jobs.owner_id
JOIN mails AS mails ON mails.id = owner.id;
