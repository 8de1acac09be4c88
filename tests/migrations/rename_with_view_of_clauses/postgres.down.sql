ALTER TABLE "jobs" RENAME TO "tasks";

ALTER TABLE "tasks" RENAME CONSTRAINT "jobs_pkey" TO "tasks_pkey";

ALTER TABLE "users" RENAME TO "people";

ALTER TABLE "people" RENAME CONSTRAINT "users_pkey" TO "people_pkey";

ALTER TABLE "people" RENAME COLUMN "mail" TO "email";

ALTER INDEX "idx_jobs_owner_id" RENAME TO "idx_tasks_owner_id";

ALTER TABLE "tasks" RENAME CONSTRAINT "ck_jobs_state" TO "ck_tasks_state";

ALTER TABLE "tasks" RENAME CONSTRAINT "fk_jobs_owner_id_users" TO "fk_tasks_owner_id_people";

COMMENT ON VIEW "mails" IS 'orm: view of text 821459019cc1f99f';

COMMENT ON VIEW "mails_of_tasks" IS 'orm: view of text 2fbcd7fe5d8911e1';
