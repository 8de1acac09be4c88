ALTER TABLE "jobs" DROP CONSTRAINT "ck_jobs_state";

ALTER TABLE "jobs" DROP CONSTRAINT "ck_jobs_state_id";

ALTER TABLE "jobs" DROP CONSTRAINT "ck_jobs_states";

ALTER TABLE "jobs" ALTER COLUMN "state" SET DEFAULT 'waiting';

UPDATE "jobs" SET "state" = CASE "state" WHEN 'open' THEN 'waiting' ELSE "state" END WHERE "state" IN ('open');

UPDATE "jobs" SET "states" = ARRAY(SELECT CASE value WHEN 'open' THEN 'waiting' ELSE value END FROM unnest("states") WITH ORDINALITY AS it (value, place) ORDER BY place)::VARCHAR(20)[] WHERE "states" && ARRAY['open']::VARCHAR(20)[];

-- fails when a row breaks the condition
ALTER TABLE "jobs" ADD CONSTRAINT "ck_jobs_state" CHECK ("state" IN ('waiting', 'done'));

-- fails when a row breaks the condition
ALTER TABLE "jobs" ADD CONSTRAINT "ck_jobs_state_id" CHECK ("state" <> 'waiting' OR "id" IS NOT NULL);

-- fails when a row breaks the condition
ALTER TABLE "jobs" ADD CONSTRAINT "ck_jobs_states" CHECK ("states" <@ ARRAY['waiting', 'done']::VARCHAR(20)[]);
