-- data loss: drops table auth.tokens with all its rows
-- data loss: drops table billing.invoices with all its rows
-- data loss: drops column email of table auth.users

DROP INDEX "auth"."idx_auth_users_email";

ALTER TABLE "auth"."users" DROP COLUMN "email";

DROP TABLE "billing"."invoices";

DROP TABLE "auth"."tokens";
