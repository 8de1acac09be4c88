ALTER TABLE "tasks" DROP CONSTRAINT "ck_tasks_others";

ALTER TABLE "tasks" DROP CONSTRAINT "ck_tasks_state";

ALTER TABLE "tasks" DROP CONSTRAINT "ck_tasks_state_title";

CREATE TYPE "State" AS ENUM ('open', 'done');

ALTER TABLE "tasks" ALTER COLUMN "state" DROP DEFAULT;

-- rewrites tasks; fails when a value does not fit
ALTER TABLE "tasks" ALTER COLUMN "state" SET DATA TYPE "State" USING "state"::text::"State";

ALTER TABLE "tasks" ALTER COLUMN "state" SET DEFAULT 'open';

ALTER TABLE "tasks" ALTER COLUMN "others" DROP DEFAULT;

-- rewrites tasks; fails when a value does not fit
ALTER TABLE "tasks" ALTER COLUMN "others" SET DATA TYPE "State"[] USING "others"::text[]::"State"[];

ALTER TABLE "tasks" ALTER COLUMN "others" SET DEFAULT ARRAY['open', 'done']::"State"[];

-- fails when a row breaks the condition
ALTER TABLE "tasks" ADD CONSTRAINT "ck_tasks_state_title" CHECK ("state" <> 'done' OR "title" <> '');
