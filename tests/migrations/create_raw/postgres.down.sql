-- data loss: drops table users with all its rows

DROP FUNCTION two();

DROP FUNCTION one();

DROP TABLE "users";
