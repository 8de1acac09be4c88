CREATE TABLE "letters" (
  "id" UUID NOT NULL PRIMARY KEY,
  "address" TEXT NOT NULL
);

ALTER TABLE "letters" ADD CONSTRAINT "fk_letters_address_users" FOREIGN KEY ("address") REFERENCES "users" ("email");
