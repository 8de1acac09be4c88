ALTER TABLE "parts" DROP CONSTRAINT "fk_parts_item_id_items";

-- rewrites items unless the new type only takes more; fails when a value does not fit
ALTER TABLE "items" ALTER COLUMN "id" SET DATA TYPE BIGINT;

-- rewrites parts unless the new type only takes more; fails when a value does not fit
ALTER TABLE "parts" ALTER COLUMN "item_id" SET DATA TYPE BIGINT;

-- fails when a row refers to one that is not there
ALTER TABLE "parts" ADD CONSTRAINT "fk_parts_item_id_items" FOREIGN KEY ("item_id") REFERENCES "items" ("id");
