-- data loss: drops column note of table items

ALTER TABLE "items" DROP COLUMN "note";
