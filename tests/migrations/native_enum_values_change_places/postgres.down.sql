ALTER TYPE "State" RENAME VALUE 'd' TO 'c';

ALTER TYPE "State" RENAME TO "State_old";

CREATE TYPE "State" AS ENUM ('a', 'b', 'c');

ALTER TABLE "tasks" ALTER COLUMN "state" DROP DEFAULT;

-- rewrites tasks
ALTER TABLE "tasks" ALTER COLUMN "state" SET DATA TYPE TEXT USING "state"::text::TEXT;

UPDATE "tasks" SET "state" = CASE "state" WHEN 'b' THEN 'a' WHEN 'a' THEN 'b' ELSE "state" END WHERE "state" IN ('b', 'a');

-- rewrites tasks; fails when a value does not fit
ALTER TABLE "tasks" ALTER COLUMN "state" SET DATA TYPE "State" USING "state"::text::"State";

ALTER TABLE "tasks" ALTER COLUMN "state" SET DEFAULT 'a';

DROP TYPE "State_old";
