ALTER TABLE "tasks" DROP CONSTRAINT "ck_tasks_state";

ALTER TABLE "tasks" ALTER COLUMN "state" SET DEFAULT 'open';

-- fails when a new text breaks a check
UPDATE "tasks" SET "state" = CASE "state" WHEN 'OPEN' THEN 'open' WHEN 'DONE' THEN 'done' ELSE "state" END WHERE "state" IN ('OPEN', 'DONE');

-- fails when a row breaks the condition
ALTER TABLE "tasks" ADD CONSTRAINT "ck_tasks_state" CHECK ("state" IN ('open', 'done'));
