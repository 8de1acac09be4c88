ALTER TABLE "items" DROP CONSTRAINT "pk_old";

-- fails when two rows have the same key
ALTER TABLE "items" ADD CONSTRAINT "pk_new" PRIMARY KEY ("id");
