ALTER TABLE "people" DROP COLUMN "full";

-- rewrites people, to compute the column of every row; fails when the value of a row cannot be computed or is NULL
ALTER TABLE "people" ADD COLUMN "full" TEXT NOT NULL GENERATED ALWAYS AS ("first" || "last") STORED;
