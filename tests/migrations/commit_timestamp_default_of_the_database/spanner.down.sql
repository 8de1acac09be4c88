ALTER TABLE changes ALTER COLUMN recorded_at DROP DEFAULT;

ALTER TABLE changes ALTER COLUMN recorded_at SET OPTIONS (allow_commit_timestamp = null);

-- fails when a value in touched_at is in the future
ALTER TABLE changes ALTER COLUMN touched_at SET OPTIONS (allow_commit_timestamp = true);

ALTER TABLE changes ALTER COLUMN touched_at SET DEFAULT (PENDING_COMMIT_TIMESTAMP());
