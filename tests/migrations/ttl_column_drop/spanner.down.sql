ALTER TABLE events ADD COLUMN occurred_at TIMESTAMP;

-- fails when events has rows, which have NULL in occurred_at; fill it before
ALTER TABLE events ALTER COLUMN occurred_at TIMESTAMP NOT NULL;

-- deletes the rows whose occurred_at is 90 days old
ALTER TABLE events ADD ROW DELETION POLICY (OLDER_THAN(occurred_at, INTERVAL 90 DAY));
