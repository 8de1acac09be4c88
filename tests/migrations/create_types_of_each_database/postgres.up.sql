CREATE TABLE "accounts" (
  "id" UUID NOT NULL PRIMARY KEY,
  "handle" varchar(80) NOT NULL
);
