CREATE SEQUENCE numbers BIT_REVERSED_POSITIVE;

ALTER TABLE documents ADD COLUMN notes STRING(MAX);

-- fails when a row breaks the condition
ALTER TABLE documents ADD CONSTRAINT ck_documents_notes CHECK (notes <> '');

CREATE VIEW noted SQL SECURITY INVOKER AS
SELECT d.id FROM documents AS d;
