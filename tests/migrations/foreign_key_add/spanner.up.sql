-- fails when a row refers to one that is not there
ALTER TABLE profiles ADD CONSTRAINT fk_profiles_user_id_users FOREIGN KEY (user_id) REFERENCES users (id);
