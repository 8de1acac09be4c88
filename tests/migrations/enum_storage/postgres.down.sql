ALTER TABLE "jobs" DROP CONSTRAINT "ck_jobs_state";

ALTER TABLE "jobs" ALTER COLUMN "state" DROP DEFAULT;

-- rewrites jobs; fails when a value does not fit
ALTER TABLE "jobs" ALTER COLUMN "state" SET DATA TYPE VARCHAR(10);

ALTER TABLE "jobs" ALTER COLUMN "state" SET DEFAULT 'open';

ALTER TABLE "jobs" ADD CONSTRAINT "ck_jobs_state" CHECK ("state" IN ('open', 'done'));
