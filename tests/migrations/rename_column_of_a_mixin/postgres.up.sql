ALTER TABLE "teams" RENAME COLUMN "mail" TO "email";

ALTER TABLE "users" RENAME COLUMN "mail" TO "email";

ALTER TABLE "teams" RENAME COLUMN "count" TO "total";

ALTER TABLE "users" RENAME COLUMN "count" TO "total";

ALTER INDEX "idx_teams_mail" RENAME TO "idx_teams_email";

ALTER TABLE "teams" RENAME CONSTRAINT "ck_teams_mail" TO "ck_teams_email";

ALTER INDEX "idx_users_mail" RENAME TO "idx_users_email";

ALTER TABLE "users" RENAME CONSTRAINT "ck_users_mail" TO "ck_users_email";

CREATE TABLE "guests" (
  "id" UUID NOT NULL PRIMARY KEY,
  "email" TEXT,
  "total" INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT "ck_guests_email" CHECK ("email" <> '')
);

COMMENT ON TABLE "guests" IS 'It never had the old columns.';

CREATE INDEX "idx_guests_email" ON "guests" ("email" DESC);

ALTER TABLE "guests" ADD CONSTRAINT "uq_guests_contact" UNIQUE ("email", "total");
