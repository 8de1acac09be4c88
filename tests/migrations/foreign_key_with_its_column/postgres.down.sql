-- data loss: drops column user_id of table profiles

ALTER TABLE "profiles" DROP CONSTRAINT "fk_profiles_user_account";

ALTER TABLE "profiles" DROP COLUMN "user_id";
