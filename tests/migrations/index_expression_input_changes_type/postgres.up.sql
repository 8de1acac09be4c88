DROP INDEX "idx_articles_lower_title";

-- rewrites articles; fails when a value does not fit
ALTER TABLE "articles" ALTER COLUMN "title" SET DATA TYPE VARCHAR(200);

-- fails when a key or the condition cannot be computed for a row
CREATE INDEX "idx_articles_lower_title" ON "articles" ((lower("title")));
