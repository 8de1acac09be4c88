ALTER TABLE "tasks" DROP CONSTRAINT "ck_tasks_state";

ALTER TABLE "tasks" ALTER COLUMN "state" SET DEFAULT 'OPEN';

-- fails when a new text breaks a check
UPDATE "tasks" SET "state" = CASE "state" WHEN 'open' THEN 'OPEN' WHEN 'done' THEN 'DONE' ELSE "state" END WHERE "state" IN ('open', 'done');

-- fails when a row breaks the condition
ALTER TABLE "tasks" ADD CONSTRAINT "ck_tasks_state" CHECK ("state" IN ('OPEN', 'DONE'));
