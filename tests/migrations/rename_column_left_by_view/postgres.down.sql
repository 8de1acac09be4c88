ALTER TABLE "files" RENAME COLUMN "title" TO "name";

DROP VIEW "names";

CREATE VIEW "names" AS
SELECT f.name AS label FROM files AS f;

COMMENT ON VIEW "names" IS 'orm: view of text 945b766b014faba8';
