DROP INDEX "uq_articles_slug";

-- fails when two rows have the same values
CREATE UNIQUE INDEX "uq_articles_slug" ON "articles" ("slug") WHERE "state" = 1;
