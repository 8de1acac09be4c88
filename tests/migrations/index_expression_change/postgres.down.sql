DROP INDEX "i";

-- fails when a key or the condition cannot be computed for a row
CREATE INDEX "i" ON "articles" ((lower("title")));
