-- data loss: drops table users with all its rows

DROP TABLE "users";

CREATE TABLE "people" (
  "id" UUID NOT NULL PRIMARY KEY
);
