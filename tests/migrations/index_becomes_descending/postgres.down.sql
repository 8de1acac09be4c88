DROP INDEX "idx_items_name";

CREATE INDEX "idx_items_name" ON "items" ("name");
