ALTER TABLE "tasks" RENAME TO "jobs";

ALTER TABLE "jobs" RENAME CONSTRAINT "tasks_pkey" TO "jobs_pkey";

ALTER TABLE "people" RENAME TO "users";

ALTER TABLE "users" RENAME CONSTRAINT "people_pkey" TO "users_pkey";

ALTER TABLE "users" RENAME COLUMN "email" TO "mail";

ALTER INDEX "idx_tasks_owner_id" RENAME TO "idx_jobs_owner_id";

ALTER TABLE "jobs" RENAME CONSTRAINT "ck_tasks_state" TO "ck_jobs_state";

ALTER TABLE "jobs" RENAME CONSTRAINT "fk_tasks_owner_id_people" TO "fk_jobs_owner_id_users";

COMMENT ON VIEW "mails" IS 'orm: view of text 27a4e0cf0b013e6d';

COMMENT ON VIEW "mails_of_tasks" IS 'orm: view of text d50e800a87541938';
