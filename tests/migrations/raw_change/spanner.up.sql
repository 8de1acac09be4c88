DROP CHANGE STREAM everything;

CREATE CHANGE STREAM everything FOR users;
