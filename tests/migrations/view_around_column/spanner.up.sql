DROP VIEW reports.mails;

DROP VIEW active_users;

-- fails when a value in email is too long
ALTER TABLE users ALTER COLUMN email STRING(80) NOT NULL;

CREATE VIEW active_users SQL SECURITY INVOKER AS
SELECT u.id, u.email FROM users AS u WHERE u.active;

CREATE VIEW reports.mails SQL SECURITY INVOKER AS
SELECT LOWER(v.email) AS mail FROM active_users AS v;
