ALTER TABLE "tasks" DROP CONSTRAINT "ck_tasks_state_title";

ALTER TABLE "tasks" ALTER COLUMN "state" DROP DEFAULT;

-- rewrites tasks; fails when a value does not fit
ALTER TABLE "tasks" ALTER COLUMN "state" SET DATA TYPE VARCHAR(20) USING "state"::text::VARCHAR(20);

ALTER TABLE "tasks" ALTER COLUMN "state" SET DEFAULT 'open';

ALTER TABLE "tasks" ALTER COLUMN "others" DROP DEFAULT;

-- rewrites tasks; fails when a value does not fit
ALTER TABLE "tasks" ALTER COLUMN "others" SET DATA TYPE VARCHAR(20)[] USING "others"::text[]::VARCHAR(20)[];

ALTER TABLE "tasks" ALTER COLUMN "others" SET DEFAULT ARRAY['open', 'done']::VARCHAR(20)[];

-- fails when a row breaks the condition
ALTER TABLE "tasks" ADD CONSTRAINT "ck_tasks_others" CHECK ("others" <@ ARRAY['open', 'done']::VARCHAR(20)[]);

-- fails when a row breaks the condition
ALTER TABLE "tasks" ADD CONSTRAINT "ck_tasks_state" CHECK ("state" IN ('open', 'done'));

-- fails when a row breaks the condition
ALTER TABLE "tasks" ADD CONSTRAINT "ck_tasks_state_title" CHECK ("state" <> 'done' OR "title" <> '');

DROP TYPE "State";
