-- data loss: drops table users with all its rows

DROP CHANGE STREAM everything;

DROP TABLE users;
