DROP VIEW reports.mails;

DROP VIEW active_users;

CREATE VIEW active_users SQL SECURITY INVOKER AS
SELECT u.id, u.email, u.active FROM users AS u WHERE u.active;

CREATE VIEW reports.mails SQL SECURITY INVOKER AS
SELECT LOWER(v.email) AS mail FROM active_users AS v;
