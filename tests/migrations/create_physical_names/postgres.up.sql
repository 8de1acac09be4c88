CREATE TABLE "People" (
  "PersonId" UUID NOT NULL PRIMARY KEY,
  "firstName" TEXT NOT NULL
);

CREATE TABLE "pets" (
  "id" UUID NOT NULL PRIMARY KEY,
  "person_id" UUID NOT NULL
);

CREATE INDEX "idx_People_firstName" ON "People" ("firstName");

ALTER TABLE "People" ADD CONSTRAINT "uq_People_firstName_PersonId" UNIQUE ("firstName", "PersonId");

ALTER TABLE "pets" ADD CONSTRAINT "fk_pets_person_id_People" FOREIGN KEY ("person_id") REFERENCES "People" ("PersonId");
