-- data loss: changes column price of table items: digits after the point are rounded away

-- rewrites items
ALTER TABLE "items" ALTER COLUMN "price" SET DATA TYPE NUMERIC(10, 2);
