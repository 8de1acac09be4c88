ALTER TABLE events DROP ROW DELETION POLICY;

ALTER TABLE visits DROP ROW DELETION POLICY;

-- deletes the rows whose received_at is 30 days old
ALTER TABLE events ADD ROW DELETION POLICY (OLDER_THAN(received_at, INTERVAL 30 DAY));
