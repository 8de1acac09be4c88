-- data loss: drops table users with all its rows

DROP INDEX uq_users_email;

DROP TABLE users;
