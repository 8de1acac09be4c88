CREATE TABLE changes (
  id STRING(36) NOT NULL,
  changed_at TIMESTAMP NOT NULL OPTIONS (allow_commit_timestamp = true)
) PRIMARY KEY (id);
