CREATE SCHEMA IF NOT EXISTS "billing";

CREATE TABLE "auth"."tokens" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "user_id" UUID NOT NULL
);

CREATE TABLE "billing"."invoices" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "user_id" UUID NOT NULL
);

ALTER TABLE "auth"."users" ADD COLUMN "email" TEXT;

CREATE INDEX "idx_auth_users_email" ON "auth"."users" ("email");

ALTER TABLE "auth"."tokens" ADD CONSTRAINT "fk_auth_tokens_user_id_auth_users" FOREIGN KEY ("user_id") REFERENCES "auth"."users" ("id");

ALTER TABLE "billing"."invoices" ADD CONSTRAINT "fk_billing_invoices_user_id_auth_users" FOREIGN KEY ("user_id") REFERENCES "auth"."users" ("id");
