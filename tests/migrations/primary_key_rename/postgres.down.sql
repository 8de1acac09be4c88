ALTER TABLE "items" DROP CONSTRAINT "pk_new";

-- fails when two rows have the same key
ALTER TABLE "items" ADD CONSTRAINT "pk_old" PRIMARY KEY ("id");
