-- data loss: drops column number of table orders

ALTER TABLE "orders" DROP COLUMN "number";
