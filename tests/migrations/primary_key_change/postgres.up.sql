ALTER TABLE "items" DROP CONSTRAINT "items_pkey";

-- fails when two rows have the same key
ALTER TABLE "items" ADD PRIMARY KEY ("tenant_id", "id");
