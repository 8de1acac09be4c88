ALTER TABLE "items" RENAME COLUMN "item_id" TO "id";
