DROP VIEW "mails";

CREATE VIEW "mails" AS
SELECT u.email FROM users AS u;

COMMENT ON VIEW "mails" IS 'orm: view of text a8fa7ca3d8daf23c';
