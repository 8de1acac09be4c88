-- fails when a value in title is too long
ALTER TABLE articles ALTER COLUMN title STRING(200) NOT NULL;
