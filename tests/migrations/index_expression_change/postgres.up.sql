DROP INDEX "i";

CREATE INDEX "i" ON "articles" ((lower("slug")));
