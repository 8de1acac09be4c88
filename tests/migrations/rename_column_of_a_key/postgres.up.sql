ALTER TABLE "items" RENAME COLUMN "id" TO "item_id";
