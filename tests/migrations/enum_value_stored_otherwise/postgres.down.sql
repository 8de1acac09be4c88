ALTER TABLE "jobs" DROP CONSTRAINT "ck_jobs_state";

ALTER TABLE "logs" DROP CONSTRAINT "ck_logs_states";

UPDATE "jobs" SET "state" = CASE "state" WHEN 'finished' THEN 'done' ELSE "state" END WHERE "state" IN ('finished');

UPDATE "logs" SET "states" = ARRAY(SELECT CASE value WHEN 'finished' THEN 'done' ELSE value END FROM unnest("states") WITH ORDINALITY AS it (value, place) ORDER BY place)::VARCHAR(20)[] WHERE "states" && ARRAY['finished']::VARCHAR(20)[];

-- fails when a row breaks the condition
ALTER TABLE "jobs" ADD CONSTRAINT "ck_jobs_state" CHECK ("state" IN ('open', 'done'));

-- fails when a row breaks the condition
ALTER TABLE "logs" ADD CONSTRAINT "ck_logs_states" CHECK ("states" <@ ARRAY['open', 'done']::VARCHAR(20)[]);
