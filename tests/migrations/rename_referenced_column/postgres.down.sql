ALTER TABLE "logins" RENAME COLUMN "email" TO "mail";

ALTER TABLE "users" RENAME COLUMN "email" TO "mail";

ALTER TABLE "logins" RENAME CONSTRAINT "fk_logins_email_users" TO "fk_logins_mail_users";

ALTER TABLE "users" RENAME CONSTRAINT "uq_users_email" TO "uq_users_mail";
