ALTER TABLE profiles DROP CONSTRAINT fk_profiles_user_id_users;
