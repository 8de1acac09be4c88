DROP VIEW "reports"."mails";

DROP VIEW "active_users";

ALTER TABLE "users" ALTER COLUMN "email" SET DATA TYPE TEXT;

CREATE VIEW "active_users" AS
SELECT u.id, u.email FROM users AS u WHERE u.active;

COMMENT ON VIEW "active_users" IS 'Who may sign in.
orm: view of text 59cb956bfffdbee2';

CREATE VIEW "reports"."mails" AS
SELECT lower(v.email) AS mail FROM active_users AS v;

COMMENT ON VIEW "reports"."mails" IS 'orm: view of text a7a4a099f5bb0722';
