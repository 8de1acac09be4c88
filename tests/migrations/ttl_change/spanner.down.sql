ALTER TABLE events DROP ROW DELETION POLICY;

-- deletes the rows whose occurred_at is 90 days old
ALTER TABLE events ADD ROW DELETION POLICY (OLDER_THAN(occurred_at, INTERVAL 90 DAY));

-- deletes the rows whose seen_at is 7 days old
ALTER TABLE visits ADD ROW DELETION POLICY (OLDER_THAN(seen_at, INTERVAL 7 DAY));
