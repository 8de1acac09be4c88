DROP INDEX "idx_articles_lower_title";

ALTER TABLE "articles" ALTER COLUMN "title" SET DATA TYPE TEXT;

-- fails when a key or the condition cannot be computed for a row
CREATE INDEX "idx_articles_lower_title" ON "articles" ((lower("title")));
