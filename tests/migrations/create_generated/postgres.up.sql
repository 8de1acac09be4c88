CREATE TABLE "people" (
  "id" UUID NOT NULL PRIMARY KEY,
  "first" TEXT NOT NULL,
  "last" TEXT,
  "age" BIGINT NOT NULL,
  "full" TEXT NOT NULL GENERATED ALWAYS AS ("first" || ' ' || COALESCE("last", '')) STORED,
  "initial" VARCHAR(10) GENERATED ALWAYS AS (lower("last")) STORED,
  "next_age" BIGINT NOT NULL GENERATED ALWAYS AS ("age" + 1) STORED,
  "is_adult" BOOLEAN NOT NULL GENERATED ALWAYS AS ("age" >= 18) STORED,
  "age_double" DOUBLE PRECISION NOT NULL GENERATED ALWAYS AS ("age") STORED
);

CREATE INDEX "idx_people_full" ON "people" ("full");

ALTER TABLE "people" ADD CONSTRAINT "uq_people_initial" UNIQUE ("initial");
