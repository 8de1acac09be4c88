-- data loss: drops table others with all its rows

DROP TABLE others;

CREATE SCHEMA IF NOT EXISTS reports;

CREATE TABLE users (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  email STRING(MAX) NOT NULL,
  active BOOL NOT NULL DEFAULT (TRUE)
) PRIMARY KEY (id);

CREATE VIEW active_users SQL SECURITY INVOKER AS
SELECT u.id, u.email FROM users AS u WHERE u.active;

CREATE VIEW reports.mails SQL SECURITY INVOKER AS
SELECT LOWER(v.email) AS mail FROM active_users AS v;
