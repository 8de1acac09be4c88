ALTER TABLE items ALTER COLUMN `at` SET OPTIONS (allow_commit_timestamp = true);
