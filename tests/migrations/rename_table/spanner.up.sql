ALTER TABLE people DROP CONSTRAINT fk_people_boss_people;

ALTER TABLE posts DROP CONSTRAINT fk_posts_author_people;

ALTER TABLE people RENAME TO users;

DROP INDEX idx_people_age_email;

DROP INDEX uq_people_email;

ALTER TABLE users DROP CONSTRAINT ck_people_age;

ALTER TABLE users DROP CONSTRAINT ck_people_age_email;

ALTER TABLE users DROP CONSTRAINT ck_people_state;

CREATE INDEX idx_users_age_email ON users (age DESC, email);

-- fails when two rows have the same values
CREATE UNIQUE INDEX uq_users_email ON users (email);

-- fails when a row breaks the condition
ALTER TABLE users ADD CONSTRAINT ck_users_age CHECK (age BETWEEN -32768 AND 32767);

-- fails when a row breaks the condition
ALTER TABLE users ADD CONSTRAINT ck_users_age_email CHECK (age > 0 OR email <> '');

-- fails when a row breaks the condition
ALTER TABLE users ADD CONSTRAINT ck_users_state CHECK (state IN ('open', 'done'));

-- fails when a row refers to one that is not there
ALTER TABLE posts ADD CONSTRAINT fk_posts_author_users FOREIGN KEY (author) REFERENCES users (id) ON DELETE CASCADE;

-- fails when a row refers to one that is not there
ALTER TABLE users ADD CONSTRAINT fk_users_boss_users FOREIGN KEY (boss) REFERENCES users (id);
