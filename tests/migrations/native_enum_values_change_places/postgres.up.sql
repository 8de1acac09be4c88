ALTER TYPE "State" RENAME VALUE 'c' TO 'd';

ALTER TYPE "State" RENAME TO "State_old";

CREATE TYPE "State" AS ENUM ('b', 'a', 'd');

ALTER TABLE "tasks" ALTER COLUMN "state" DROP DEFAULT;

-- rewrites tasks
ALTER TABLE "tasks" ALTER COLUMN "state" SET DATA TYPE TEXT USING "state"::text::TEXT;

UPDATE "tasks" SET "state" = CASE "state" WHEN 'a' THEN 'b' WHEN 'b' THEN 'a' ELSE "state" END WHERE "state" IN ('a', 'b');

-- rewrites tasks; fails when a value does not fit
ALTER TABLE "tasks" ALTER COLUMN "state" SET DATA TYPE "State" USING "state"::text::"State";

ALTER TABLE "tasks" ALTER COLUMN "state" SET DEFAULT 'b';

DROP TYPE "State_old";
