-- data loss: drops column full of table people

ALTER TABLE "people" DROP COLUMN "full";

-- fails when people has rows, which have no value for the column; to keep them, add the column without NOT NULL, fill it, then SET NOT NULL
ALTER TABLE "people" ADD COLUMN "last" TEXT NOT NULL;

-- rewrites people, to compute the column of every row; fails when the value of a row cannot be computed or is NULL
ALTER TABLE "people" ADD COLUMN "full" TEXT NOT NULL GENERATED ALWAYS AS ("first" || "last") STORED;
