-- data loss: drops column notes of table documents

DROP VIEW noted;

ALTER TABLE documents DROP CONSTRAINT ck_documents_notes;

ALTER TABLE documents DROP COLUMN notes;

DROP SEQUENCE numbers;
