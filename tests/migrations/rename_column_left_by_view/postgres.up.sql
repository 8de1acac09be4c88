ALTER TABLE "files" RENAME COLUMN "name" TO "title";

DROP VIEW "names";

CREATE VIEW "names" AS
SELECT f.title AS label FROM folders AS f;

COMMENT ON VIEW "names" IS 'orm: view of text 4b0bdfdf2a96de04';
