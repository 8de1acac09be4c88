-- numbers go on from the last one; RESTART begins anew
ALTER TABLE "orders" ALTER COLUMN "number" SET START WITH 1000;

-- numbers go on from the last one; RESTART begins anew
ALTER TABLE "orders" ALTER COLUMN "batch" SET START WITH 1;
