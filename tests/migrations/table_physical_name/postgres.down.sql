-- data loss: drops table Users2 with all its rows

DROP TABLE "Users2";

CREATE TABLE "users" (
  "id" UUID NOT NULL PRIMARY KEY
);
