ALTER TABLE posts DROP CONSTRAINT fk_posts_author_users;

ALTER TABLE users DROP CONSTRAINT fk_users_boss_users;

ALTER TABLE users RENAME TO people;

DROP INDEX idx_users_age_email;

DROP INDEX uq_users_email;

ALTER TABLE people DROP CONSTRAINT ck_users_age;

ALTER TABLE people DROP CONSTRAINT ck_users_age_email;

ALTER TABLE people DROP CONSTRAINT ck_users_state;

CREATE INDEX idx_people_age_email ON people (age DESC, email);

-- fails when two rows have the same values
CREATE UNIQUE INDEX uq_people_email ON people (email);

-- fails when a row breaks the condition
ALTER TABLE people ADD CONSTRAINT ck_people_age CHECK (age BETWEEN -32768 AND 32767);

-- fails when a row breaks the condition
ALTER TABLE people ADD CONSTRAINT ck_people_age_email CHECK (age > 0 OR email <> '');

-- fails when a row breaks the condition
ALTER TABLE people ADD CONSTRAINT ck_people_state CHECK (state IN ('open', 'done'));

-- fails when a row refers to one that is not there
ALTER TABLE people ADD CONSTRAINT fk_people_boss_people FOREIGN KEY (boss) REFERENCES people (id);

-- fails when a row refers to one that is not there
ALTER TABLE posts ADD CONSTRAINT fk_posts_author_people FOREIGN KEY (author) REFERENCES people (id) ON DELETE CASCADE;
