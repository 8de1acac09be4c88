ALTER TYPE "State" RENAME TO "State_old";

DROP INDEX "idx_tasks_title";

CREATE TYPE "State" AS ENUM ('open', 'done');

ALTER TABLE "tasks" ALTER COLUMN "state" DROP DEFAULT;

-- rewrites tasks; fails when a value does not fit
ALTER TABLE "tasks" ALTER COLUMN "state" SET DATA TYPE "State" USING "state"::text::"State";

ALTER TABLE "tasks" ALTER COLUMN "state" SET DEFAULT 'open';

DROP TYPE "State_old";
