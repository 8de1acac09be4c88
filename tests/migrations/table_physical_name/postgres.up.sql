-- data loss: drops table users with all its rows

DROP TABLE "users";

CREATE TABLE "Users2" (
  "id" UUID NOT NULL PRIMARY KEY
);
