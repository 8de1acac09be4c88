-- data loss: drops column size of table items

ALTER TABLE "items" DROP COLUMN "size";
