ALTER TABLE "jobs" DROP CONSTRAINT "ck_jobs_state";

ALTER TABLE "jobs" DROP CONSTRAINT "ck_jobs_state_id";

ALTER TABLE "jobs" DROP CONSTRAINT "ck_jobs_states";

ALTER TABLE "jobs" ALTER COLUMN "state" SET DEFAULT 'open';

UPDATE "jobs" SET "state" = CASE "state" WHEN 'waiting' THEN 'open' ELSE "state" END WHERE "state" IN ('waiting');

UPDATE "jobs" SET "states" = ARRAY(SELECT CASE value WHEN 'waiting' THEN 'open' ELSE value END FROM unnest("states") WITH ORDINALITY AS it (value, place) ORDER BY place)::VARCHAR(20)[] WHERE "states" && ARRAY['waiting']::VARCHAR(20)[];

-- fails when a row breaks the condition
ALTER TABLE "jobs" ADD CONSTRAINT "ck_jobs_state" CHECK ("state" IN ('open', 'done'));

-- fails when a row breaks the condition
ALTER TABLE "jobs" ADD CONSTRAINT "ck_jobs_state_id" CHECK ("state" <> 'open' OR "id" IS NOT NULL);

-- fails when a row breaks the condition
ALTER TABLE "jobs" ADD CONSTRAINT "ck_jobs_states" CHECK ("states" <@ ARRAY['open', 'done']::VARCHAR(20)[]);
