-- data loss: drops column last of table people

ALTER TABLE "people" ALTER COLUMN "full" DROP EXPRESSION;

ALTER TABLE "people" DROP COLUMN "last";
