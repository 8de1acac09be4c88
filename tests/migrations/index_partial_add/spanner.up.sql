-- fails when the value of a row cannot be computed
ALTER TABLE articles ADD COLUMN uq_articles_tenant_slug_key2 STRING(MAX) AS (CASE WHEN deleted IS NULL THEN slug END) STORED HIDDEN;

-- fails when the value of a row cannot be computed
ALTER TABLE articles ADD COLUMN uq_slug_key1 STRING(MAX) AS (CASE WHEN tenant > 0 AND deleted IS NULL THEN LOWER(slug) END) STORED HIDDEN;

CREATE NULL_FILTERED INDEX idx_articles_author ON articles (author);

CREATE INDEX idx_articles_tenant ON articles (tenant);

-- fails when two rows have the same values
CREATE UNIQUE NULL_FILTERED INDEX uq_articles_tenant_slug ON articles (tenant, uq_articles_tenant_slug_key2);

-- fails when two rows have the same values
CREATE UNIQUE NULL_FILTERED INDEX uq_slug ON articles (uq_slug_key1);
