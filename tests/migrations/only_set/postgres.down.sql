CREATE INDEX "idx_documents_title" ON "documents" ("title");
