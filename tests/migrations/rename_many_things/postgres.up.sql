ALTER TABLE "people" RENAME TO "users";

ALTER TABLE "users" RENAME CONSTRAINT "people_pkey" TO "users_pkey";

ALTER TABLE "users" RENAME COLUMN "mail" TO "email";

ALTER TABLE "users" RENAME COLUMN "state" TO "progress";

ALTER TABLE "users" RENAME COLUMN "born" TO "birthday";

ALTER TABLE "users" DROP CONSTRAINT "ck_people_state";

ALTER INDEX "idx_people_state_born" RENAME TO "idx_users_progress_birthday";

ALTER TABLE "users" RENAME CONSTRAINT "uq_people_mail" TO "uq_users_email";

ALTER TABLE "users" ALTER COLUMN "email" SET DATA TYPE VARCHAR(200);

ALTER TABLE "users" ALTER COLUMN "progress" SET DEFAULT 'waiting';

UPDATE "users" SET "progress" = CASE "progress" WHEN 'open' THEN 'waiting' ELSE "progress" END WHERE "progress" IN ('open');

-- fails when a row breaks the condition
ALTER TABLE "users" ADD CONSTRAINT "ck_users_progress" CHECK ("progress" IN ('waiting', 'done'));
