-- data loss: drops column slug of table items

ALTER TABLE "items" DROP COLUMN "slug";
