CREATE TABLE "users" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "email" VARCHAR(255) NOT NULL,
  "bio" TEXT
);

ALTER TABLE "users" ADD CONSTRAINT "uq_users_email" UNIQUE ("email");
