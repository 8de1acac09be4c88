ALTER TABLE "lines" DROP CONSTRAINT "fk_lines_id_orders";

-- fails when a row refers to one that is not there
ALTER TABLE "lines" ADD CONSTRAINT "fk_lines_id_orders" FOREIGN KEY ("id") REFERENCES "orders" ("id");
