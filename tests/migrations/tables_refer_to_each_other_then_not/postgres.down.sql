-- data loss: drops table c with all its rows

DROP TABLE "c";

CREATE TABLE "b" (
  "id" UUID NOT NULL PRIMARY KEY,
  "a_id" UUID
);

CREATE TABLE "a" (
  "id" UUID NOT NULL PRIMARY KEY,
  "b_id" UUID
);

ALTER TABLE "b" ADD CONSTRAINT "fk_b_a_id_a" FOREIGN KEY ("a_id") REFERENCES "a" ("id");

ALTER TABLE "a" ADD CONSTRAINT "fk_a_b_id_b" FOREIGN KEY ("b_id") REFERENCES "b" ("id");
