CREATE SEQUENCE "audit_numbers";

CREATE TABLE "documents" (
  "id" UUID NOT NULL PRIMARY KEY,
  "title" TEXT NOT NULL,
  "search" TEXT,
  "key" TEXT GENERATED ALWAYS AS (lower("search")) STORED,
  CONSTRAINT "ck_documents_search" CHECK ("search" <> '')
);

CREATE TABLE "audit" (
  "id" BIGINT NOT NULL PRIMARY KEY DEFAULT (nextval('"audit_numbers"')),
  "took" INTERVAL NOT NULL,
  "document" UUID NOT NULL
);

CREATE TABLE "visits" (
  "id" UUID NOT NULL PRIMARY KEY,
  "at" TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX "idx_documents_search" ON "documents" ("search");

CREATE INDEX "idx_documents_title" ON "documents" ("title");

ALTER TABLE "audit" ADD CONSTRAINT "fk_audit_document_documents" FOREIGN KEY ("document") REFERENCES "documents" ("id");

ALTER SEQUENCE "audit_numbers" OWNED BY "audit"."id";

CREATE VIEW "searched" AS
SELECT id FROM documents WHERE search IS NOT NULL;

COMMENT ON VIEW "searched" IS 'orm: view of text 0137085c93e9dc8c';
