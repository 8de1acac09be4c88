ALTER TABLE "people" RENAME TO "users";

ALTER TABLE "users" RENAME CONSTRAINT "people_pkey" TO "users_pkey";

DROP VIEW "short_mails";

DROP VIEW "mails";

CREATE VIEW "mails" AS
SELECT p.email FROM users AS p;

COMMENT ON VIEW "mails" IS 'orm: view of text f1da5e72c602db68';

CREATE VIEW "short_mails" AS
SELECT m.email FROM mails AS m;

COMMENT ON VIEW "short_mails" IS 'orm: view of text 69d1ca739db91ea0';
