CREATE INDEX "idx_items_tags" ON "items" USING gin ("tags");
