CREATE TABLE events (
  id STRING(36) NOT NULL,
  kind STRING(MAX) NOT NULL,
  account_id STRING(36),
  size INT64 NOT NULL,
  `at` TIMESTAMP NOT NULL
) PRIMARY KEY (id);

CREATE INDEX idx_events_kind_at ON events (kind, `at` DESC);

CREATE INDEX idx_kind_size ON events (kind, size) STORING (`at`);

CREATE NULL_FILTERED INDEX idx_of_account ON events (account_id);

CREATE UNIQUE NULL_FILTERED INDEX uq_events_account_id_kind ON events (account_id, kind);

CREATE UNIQUE INDEX uq_events_kind_size ON events (kind, size);
