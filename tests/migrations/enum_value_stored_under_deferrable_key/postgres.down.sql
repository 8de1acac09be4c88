DROP INDEX "idx_tasks_state";

ALTER TABLE "tasks" DROP CONSTRAINT "ck_tasks_kind";

ALTER TABLE "tasks" DROP CONSTRAINT "ck_tasks_state";

CREATE TYPE "Kind" AS ENUM ('small', 'large');

ALTER TABLE "tasks" ALTER COLUMN "state" SET DEFAULT 'open';

ALTER TABLE "tasks" ALTER COLUMN "kind" DROP DEFAULT;

SET CONSTRAINTS ALL IMMEDIATE;

UPDATE "tasks" SET "kind" = CASE "kind" WHEN 's' THEN 'small' ELSE "kind" END WHERE "kind" IN ('s');

-- rewrites tasks; fails when a value does not fit
ALTER TABLE "tasks" ALTER COLUMN "kind" SET DATA TYPE "Kind" USING "kind"::text::"Kind";

ALTER TABLE "tasks" ALTER COLUMN "kind" SET DEFAULT 'small';

-- rewrites tasks; fails when a value does not fit
ALTER TABLE "tasks" ALTER COLUMN "size" SET DATA TYPE INTEGER;

UPDATE "tasks" SET "state" = CASE "state" WHEN 'opened' THEN 'open' ELSE "state" END WHERE "state" IN ('opened');

-- fails when a row breaks the condition
ALTER TABLE "tasks" ADD CONSTRAINT "ck_tasks_state" CHECK ("state" IN ('open', 'done'));
