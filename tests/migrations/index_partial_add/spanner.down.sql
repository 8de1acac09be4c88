DROP INDEX idx_articles_author;

DROP INDEX idx_articles_tenant;

DROP INDEX uq_articles_tenant_slug;

DROP INDEX uq_slug;

ALTER TABLE articles DROP COLUMN uq_slug_key1;

ALTER TABLE articles DROP COLUMN uq_articles_tenant_slug_key2;
