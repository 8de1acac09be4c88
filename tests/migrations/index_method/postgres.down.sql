DROP INDEX "idx_items_tags";
