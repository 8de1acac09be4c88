-- data loss: drops table others with all its rows

DROP TABLE "others";

CREATE SCHEMA IF NOT EXISTS "reports";

CREATE TABLE "users" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "email" TEXT NOT NULL,
  "active" BOOLEAN NOT NULL DEFAULT true
);

CREATE VIEW "active_users" AS
SELECT u.id, u.email FROM users AS u WHERE u.active;

COMMENT ON VIEW "active_users" IS 'Who may sign in.
orm: view of text 59cb956bfffdbee2';

CREATE VIEW "reports"."mails" AS
SELECT lower(v.email) AS mail FROM active_users AS v;

COMMENT ON VIEW "reports"."mails" IS 'orm: view of text a7a4a099f5bb0722';
