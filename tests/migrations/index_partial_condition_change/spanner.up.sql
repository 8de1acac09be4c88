DROP INDEX uq_articles_slug;

ALTER TABLE articles DROP COLUMN uq_articles_slug_key1;

-- fails when the value of a row cannot be computed
ALTER TABLE articles ADD COLUMN uq_articles_slug_key1 STRING(MAX) AS (CASE WHEN state IN (1, 2) THEN slug END) STORED HIDDEN;

-- fails when two rows have the same values
CREATE UNIQUE NULL_FILTERED INDEX uq_articles_slug ON articles (uq_articles_slug_key1);
