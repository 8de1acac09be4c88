ALTER TABLE "parts" DROP CONSTRAINT "fk_parts_item_id_items";

-- rewrites items; fails when a value does not fit
ALTER TABLE "items" ALTER COLUMN "id" SET DATA TYPE INTEGER;

-- rewrites parts; fails when a value does not fit
ALTER TABLE "parts" ALTER COLUMN "item_id" SET DATA TYPE INTEGER;

-- fails when a row refers to one that is not there
ALTER TABLE "parts" ADD CONSTRAINT "fk_parts_item_id_items" FOREIGN KEY ("item_id") REFERENCES "items" ("id");
