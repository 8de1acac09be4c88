CREATE TYPE "State" AS ENUM ('open', 'done');

ALTER TABLE "tasks" ADD COLUMN "state" "State" NOT NULL DEFAULT 'open';

ALTER TABLE "tasks" ADD COLUMN "others" "State"[] NOT NULL DEFAULT ARRAY['open', 'done']::"State"[];

ALTER TABLE "tasks" ADD COLUMN "title" TEXT;

-- fails when a row breaks the condition
ALTER TABLE "tasks" ADD CONSTRAINT "ck_tasks_state_title" CHECK ("state" <> 'done' OR "title" <> '');
