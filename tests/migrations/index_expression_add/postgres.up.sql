-- fails when a key or the condition cannot be computed for a row
CREATE INDEX "by_views" ON "articles" ("lang", ("views" / 2) DESC);

-- fails when a key or the condition cannot be computed for a row
CREATE INDEX "idx_articles_lower_title" ON "articles" ((lower("title")));

-- fails when two rows have the same values; fails when a key or the condition cannot be computed for a row
CREATE UNIQUE INDEX "uq_articles_lower_title_coalesce_lang" ON "articles" ((lower("title")), (COALESCE("lang", 'en')));
