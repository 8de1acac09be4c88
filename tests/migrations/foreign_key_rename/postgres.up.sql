ALTER TABLE "profiles" RENAME CONSTRAINT "fk_profiles_user_id_users" TO "profile_of_user";
