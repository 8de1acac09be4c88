-- data loss: drops table guests with all its rows

ALTER TABLE "teams" RENAME COLUMN "email" TO "mail";

ALTER TABLE "users" RENAME COLUMN "email" TO "mail";

ALTER TABLE "teams" RENAME COLUMN "total" TO "count";

ALTER TABLE "users" RENAME COLUMN "total" TO "count";

DROP TABLE "guests";

ALTER INDEX "idx_teams_email" RENAME TO "idx_teams_mail";

ALTER TABLE "teams" RENAME CONSTRAINT "ck_teams_email" TO "ck_teams_mail";

ALTER INDEX "idx_users_email" RENAME TO "idx_users_mail";

ALTER TABLE "users" RENAME CONSTRAINT "ck_users_email" TO "ck_users_mail";
