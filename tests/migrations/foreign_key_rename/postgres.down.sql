ALTER TABLE "profiles" RENAME CONSTRAINT "profile_of_user" TO "fk_profiles_user_id_users";
