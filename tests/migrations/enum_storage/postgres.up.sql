ALTER TABLE "jobs" DROP CONSTRAINT "ck_jobs_state";

ALTER TABLE "jobs" ALTER COLUMN "state" DROP DEFAULT;

-- rewrites jobs unless the new type only takes more; fails when a value does not fit
ALTER TABLE "jobs" ALTER COLUMN "state" SET DATA TYPE TEXT;

ALTER TABLE "jobs" ALTER COLUMN "state" SET DEFAULT 'open';

-- fails when a row breaks the condition
ALTER TABLE "jobs" ADD CONSTRAINT "ck_jobs_state" CHECK ("state" IN ('open', 'done'));
