ALTER TABLE "profiles" ADD COLUMN "user_id" UUID;

-- fails when a row refers to one that is not there
ALTER TABLE "profiles" ADD CONSTRAINT "fk_profiles_user_account" FOREIGN KEY ("user_id") REFERENCES "users" ("id");
