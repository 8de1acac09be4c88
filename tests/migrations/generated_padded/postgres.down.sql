ALTER TABLE "orders" DROP COLUMN "part";

ALTER TABLE "orders" DROP COLUMN "label";
