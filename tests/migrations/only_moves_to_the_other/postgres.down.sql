CREATE SEQUENCE "numbers";

ALTER TABLE "documents" ADD COLUMN "notes" TEXT;

-- fails when a row breaks the condition
ALTER TABLE "documents" ADD CONSTRAINT "ck_documents_notes" CHECK ("notes" <> '');

CREATE VIEW "noted" AS
SELECT d.id FROM documents AS d;

COMMENT ON VIEW "noted" IS 'orm: view of text a3bffecd2d70a4f6';
