-- fails when a value in at is in the future
ALTER TABLE items ALTER COLUMN `at` SET OPTIONS (allow_commit_timestamp = true);
