DROP INDEX "by_views";

DROP INDEX "idx_articles_lower_title";

DROP INDEX "uq_articles_lower_title_coalesce_lang";
