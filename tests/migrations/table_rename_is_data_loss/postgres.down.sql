-- data loss: drops table people with all its rows

DROP TABLE "people";

CREATE TABLE "users" (
  "id" UUID NOT NULL PRIMARY KEY
);
