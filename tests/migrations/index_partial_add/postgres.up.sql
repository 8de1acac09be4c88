CREATE INDEX "idx_articles_author" ON "articles" ("author") WHERE "author" IS NOT NULL;

CREATE INDEX "idx_articles_tenant" ON "articles" ("tenant") WHERE "deleted" IS NULL;

-- fails when two rows have the same values
CREATE UNIQUE INDEX "uq_articles_tenant_slug" ON "articles" ("tenant", "slug") WHERE "deleted" IS NULL;

-- fails when two rows have the same values; fails when a key or the condition cannot be computed for a row
CREATE UNIQUE INDEX "uq_slug" ON "articles" ((lower("slug"))) WHERE "tenant" > 0 AND "deleted" IS NULL;
