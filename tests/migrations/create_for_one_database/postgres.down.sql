-- data loss: drops table audit with all its rows
-- data loss: drops table documents with all its rows
-- data loss: drops table visits with all its rows

DROP VIEW "searched";

ALTER SEQUENCE "audit_numbers" OWNED BY NONE;

DROP TABLE "visits";

DROP TABLE "audit";

DROP TABLE "documents";

DROP SEQUENCE "audit_numbers";
