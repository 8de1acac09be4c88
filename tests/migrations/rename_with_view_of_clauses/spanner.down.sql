ALTER TABLE jobs DROP CONSTRAINT fk_jobs_owner_id_users;

DROP VIEW mails_of_tasks;

DROP VIEW mails;

ALTER TABLE jobs RENAME TO tasks;

ALTER TABLE users RENAME TO people;

DROP INDEX idx_jobs_owner_id;

ALTER TABLE tasks DROP CONSTRAINT ck_jobs_state;

ALTER TABLE people ADD COLUMN email STRING(MAX);

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE people AS it SET email = it.mail WHERE TRUE;

ALTER TABLE people ALTER COLUMN email STRING(MAX) NOT NULL;

ALTER TABLE people DROP COLUMN mail;

CREATE INDEX idx_tasks_owner_id ON tasks (owner_id);

-- fails when a row breaks the condition
ALTER TABLE tasks ADD CONSTRAINT ck_tasks_state CHECK (state IN ('open', 'done'));

-- fails when a row refers to one that is not there
ALTER TABLE tasks ADD CONSTRAINT fk_tasks_owner_id_people FOREIGN KEY (owner_id) REFERENCES people (id);

CREATE VIEW mails SQL SECURITY INVOKER AS
SELECT
  people.id AS id,
  people.email AS address
FROM people AS people
WHERE people.email <> ''
  AND EXISTS (
    SELECT 1
    FROM tasks AS tasks
    WHERE tasks.owner_id = people.id
      AND tasks.state = 'open'
  );

CREATE VIEW mails_of_tasks SQL SECURITY INVOKER AS
SELECT
  tasks.id AS id,
  mails.address AS address
FROM tasks AS tasks
JOIN people AS owner ON owner.id = tasks.owner_id
JOIN mails AS mails ON mails.id = owner.id;
