ALTER TABLE "tasks" DROP CONSTRAINT "ck_tasks_state";

ALTER TABLE "tasks" ALTER COLUMN "state" SET DEFAULT 'opened';

ALTER TABLE "tasks" ALTER COLUMN "kind" DROP DEFAULT;

-- rewrites tasks
ALTER TABLE "tasks" ALTER COLUMN "kind" SET DATA TYPE TEXT USING "kind"::text::TEXT;

ALTER TABLE "tasks" ALTER COLUMN "kind" SET DEFAULT 's';

-- rewrites tasks
ALTER TABLE "tasks" ALTER COLUMN "size" SET DATA TYPE BIGINT;

SET CONSTRAINTS ALL IMMEDIATE;

UPDATE "tasks" SET "state" = CASE "state" WHEN 'open' THEN 'opened' ELSE "state" END WHERE "state" IN ('open');

UPDATE "tasks" SET "kind" = CASE "kind" WHEN 'small' THEN 's' ELSE "kind" END WHERE "kind" IN ('small');

CREATE INDEX "idx_tasks_state" ON "tasks" ("state");

-- fails when a row breaks the condition
ALTER TABLE "tasks" ADD CONSTRAINT "ck_tasks_kind" CHECK ("kind" IN ('s', 'large'));

-- fails when a row breaks the condition
ALTER TABLE "tasks" ADD CONSTRAINT "ck_tasks_state" CHECK ("state" IN ('opened', 'done'));

DROP TYPE "Kind";
