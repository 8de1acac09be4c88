ALTER TABLE "lines" DROP CONSTRAINT "fk_lines_id_orders";
