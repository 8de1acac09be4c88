-- data loss: drops table events with all its rows

DROP INDEX idx_events_kind_at;

DROP INDEX idx_kind_size;

DROP INDEX idx_of_account;

DROP INDEX uq_events_account_id_kind;

DROP INDEX uq_events_kind_size;

DROP TABLE events;
