DROP VIEW "mails";

CREATE VIEW "mails" AS
SELECT u.id FROM users AS u;

COMMENT ON VIEW "mails" IS 'orm: view of text 4a5652eb36ebdea8';
