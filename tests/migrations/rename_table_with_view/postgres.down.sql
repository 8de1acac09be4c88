ALTER TABLE "users" RENAME TO "people";

ALTER TABLE "people" RENAME CONSTRAINT "users_pkey" TO "people_pkey";

DROP VIEW "short_mails";

DROP VIEW "mails";

CREATE VIEW "mails" AS
SELECT p.email FROM people AS p;

COMMENT ON VIEW "mails" IS 'orm: view of text a528eed15c7c0565';

CREATE VIEW "short_mails" AS
SELECT m.email FROM mails AS m;

COMMENT ON VIEW "short_mails" IS 'orm: view of text 69d1ca739db91ea0';
