ALTER TABLE "jobs" DROP CONSTRAINT "ck_jobs_state";

ALTER TABLE "logs" DROP CONSTRAINT "ck_logs_states";

ALTER TABLE "jobs" ADD CONSTRAINT "ck_jobs_state" CHECK ("state" IN ('open', 'done', 'failed'));

ALTER TABLE "logs" ADD CONSTRAINT "ck_logs_states" CHECK ("states" <@ ARRAY['open', 'done', 'failed']::VARCHAR(20)[]);
