ALTER TABLE "parts" DROP CONSTRAINT "fk_parts_item_id_items";

-- rewrites items
ALTER TABLE "items" ALTER COLUMN "id" SET DATA TYPE BIGINT;

-- rewrites parts
ALTER TABLE "parts" ALTER COLUMN "item_id" SET DATA TYPE BIGINT;

-- fails when a row refers to one that is not there
ALTER TABLE "parts" ADD CONSTRAINT "fk_parts_item_id_items" FOREIGN KEY ("item_id") REFERENCES "items" ("id");
