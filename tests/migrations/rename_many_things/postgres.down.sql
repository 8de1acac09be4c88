ALTER TABLE "users" RENAME TO "people";

ALTER TABLE "people" RENAME CONSTRAINT "users_pkey" TO "people_pkey";

ALTER TABLE "people" RENAME COLUMN "email" TO "mail";

ALTER TABLE "people" RENAME COLUMN "progress" TO "state";

ALTER TABLE "people" RENAME COLUMN "birthday" TO "born";

ALTER TABLE "people" DROP CONSTRAINT "ck_users_progress";

ALTER INDEX "idx_users_progress_birthday" RENAME TO "idx_people_state_born";

ALTER TABLE "people" RENAME CONSTRAINT "uq_users_email" TO "uq_people_mail";

-- rewrites people; fails when a value does not fit
ALTER TABLE "people" ALTER COLUMN "mail" SET DATA TYPE VARCHAR(100);

ALTER TABLE "people" ALTER COLUMN "state" SET DEFAULT 'open';

UPDATE "people" SET "state" = CASE "state" WHEN 'waiting' THEN 'open' ELSE "state" END WHERE "state" IN ('waiting');

-- fails when a row breaks the condition
ALTER TABLE "people" ADD CONSTRAINT "ck_people_state" CHECK ("state" IN ('open', 'done'));
