DROP INDEX by_views;

DROP INDEX idx_articles_lower_title;

DROP INDEX uq_articles_lower_title_coalesce_lang;

ALTER TABLE articles DROP COLUMN uq_articles_lower_title_coalesce_lang_key2;

ALTER TABLE articles DROP COLUMN uq_articles_lower_title_coalesce_lang_key1;

ALTER TABLE articles DROP COLUMN idx_articles_lower_title_key1;

ALTER TABLE articles DROP COLUMN by_views_key2;
