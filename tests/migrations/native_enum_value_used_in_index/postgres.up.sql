ALTER TYPE "State" RENAME TO "State_old";

CREATE TYPE "State" AS ENUM ('open', 'done', 'lost');

ALTER TABLE "tasks" ALTER COLUMN "state" DROP DEFAULT;

-- rewrites tasks; fails when a value does not fit
ALTER TABLE "tasks" ALTER COLUMN "state" SET DATA TYPE "State" USING "state"::text::"State";

ALTER TABLE "tasks" ALTER COLUMN "state" SET DEFAULT 'open';

CREATE INDEX "idx_tasks_title" ON "tasks" ("title") WHERE "state" = 'lost';

DROP TYPE "State_old";
