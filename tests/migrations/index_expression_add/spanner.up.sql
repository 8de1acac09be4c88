-- fails when the value of a row cannot be computed
ALTER TABLE articles ADD COLUMN by_views_key2 INT64 AS (DIV(views, 2)) STORED HIDDEN;

-- fails when the value of a row cannot be computed
ALTER TABLE articles ADD COLUMN idx_articles_lower_title_key1 STRING(MAX) AS (LOWER(title)) STORED HIDDEN;

-- fails when the value of a row cannot be computed
ALTER TABLE articles ADD COLUMN uq_articles_lower_title_coalesce_lang_key1 STRING(MAX) AS (LOWER(title)) STORED HIDDEN;

-- fails when the value of a row cannot be computed
ALTER TABLE articles ADD COLUMN uq_articles_lower_title_coalesce_lang_key2 STRING(MAX) AS (COALESCE(lang, 'en')) STORED HIDDEN;

CREATE INDEX by_views ON articles (lang, by_views_key2 DESC);

CREATE INDEX idx_articles_lower_title ON articles (idx_articles_lower_title_key1);

-- fails when two rows have the same values
CREATE UNIQUE NULL_FILTERED INDEX uq_articles_lower_title_coalesce_lang ON articles (uq_articles_lower_title_coalesce_lang_key1, uq_articles_lower_title_coalesce_lang_key2);
