-- data loss: drops column size of table files
-- data loss: drops column width of table files
-- data loss: drops column depth of table files

ALTER TABLE "files" DROP COLUMN "size";

ALTER TABLE "files" DROP COLUMN "width";

ALTER TABLE "files" DROP COLUMN "depth";
