DROP INDEX "idx_articles_author";

DROP INDEX "idx_articles_tenant";

DROP INDEX "uq_articles_tenant_slug";

DROP INDEX "uq_slug";
