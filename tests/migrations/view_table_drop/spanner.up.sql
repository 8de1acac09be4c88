-- data loss: drops table users with all its rows

DROP VIEW reports.mails;

DROP VIEW active_users;

DROP TABLE users;

CREATE TABLE others (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID())
) PRIMARY KEY (id);
