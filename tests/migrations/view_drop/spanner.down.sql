CREATE SCHEMA IF NOT EXISTS reports;

CREATE VIEW active_users SQL SECURITY INVOKER AS
SELECT u.id, u.email FROM users AS u WHERE u.active;

CREATE VIEW reports.mails SQL SECURITY INVOKER AS
SELECT LOWER(v.email) AS mail FROM active_users AS v;
