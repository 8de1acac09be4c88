-- data loss: drops table users with all its rows

DROP TABLE users;
