CREATE TABLE "jobs" (
  "id" UUID NOT NULL PRIMARY KEY,
  "state" VARCHAR(20) NOT NULL DEFAULT 'open',
  "before" VARCHAR(20),
  "history" VARCHAR(20)[] NOT NULL DEFAULT ARRAY['open']::VARCHAR(20)[],
  CONSTRAINT "ck_jobs_before" CHECK ("before" IN ('open', 'in-progress', 'it''s done')),
  CONSTRAINT "ck_jobs_history" CHECK ("history" <@ ARRAY['open', 'in-progress', 'it''s done']::VARCHAR(20)[]),
  CONSTRAINT "ck_jobs_state" CHECK ("state" IN ('open', 'in-progress', 'it''s done'))
);
