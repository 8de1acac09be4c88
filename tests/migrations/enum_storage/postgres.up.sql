ALTER TABLE "jobs" DROP CONSTRAINT "ck_jobs_state";

ALTER TABLE "jobs" ALTER COLUMN "state" DROP DEFAULT;

ALTER TABLE "jobs" ALTER COLUMN "state" SET DATA TYPE TEXT;

ALTER TABLE "jobs" ALTER COLUMN "state" SET DEFAULT 'open';

ALTER TABLE "jobs" ADD CONSTRAINT "ck_jobs_state" CHECK ("state" IN ('open', 'done'));
