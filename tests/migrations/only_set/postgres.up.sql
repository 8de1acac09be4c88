DROP INDEX "idx_documents_title";
