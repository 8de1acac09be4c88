-- data loss: drops column new_col of table users
-- data loss: drops column phone_number of table users

ALTER TABLE users DROP COLUMN new_col;

ALTER TABLE users DROP COLUMN phone_number;
