-- data loss: drops table drafts with all its rows

ALTER SEQUENCE "kept_numbers" OWNED BY NONE;

ALTER SEQUENCE "order_numbers" OWNED BY NONE;

DROP TABLE "drafts";

ALTER TABLE "orders" ALTER COLUMN "number" SET DEFAULT (nextval('"kept_numbers"'));

DROP SEQUENCE "order_numbers";
