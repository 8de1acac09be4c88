ALTER TABLE "people" DROP COLUMN "full";

-- rewrites people, to compute the column of every row
ALTER TABLE "people" ADD COLUMN "full" TEXT NOT NULL GENERATED ALWAYS AS ("first" || "last") STORED;
