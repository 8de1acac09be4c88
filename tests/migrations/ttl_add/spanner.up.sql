-- deletes the rows whose occurred_at is 90 days old
ALTER TABLE events ADD ROW DELETION POLICY (OLDER_THAN(occurred_at, INTERVAL 90 DAY));
