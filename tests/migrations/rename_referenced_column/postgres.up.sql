ALTER TABLE "logins" RENAME COLUMN "mail" TO "email";

ALTER TABLE "users" RENAME COLUMN "mail" TO "email";

ALTER TABLE "logins" RENAME CONSTRAINT "fk_logins_mail_users" TO "fk_logins_email_users";

ALTER TABLE "users" RENAME CONSTRAINT "uq_users_mail" TO "uq_users_email";
