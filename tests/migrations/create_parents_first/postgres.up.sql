CREATE TABLE "singers" (
  "id" UUID NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL
);

CREATE TABLE "albums" (
  "id" UUID NOT NULL PRIMARY KEY,
  "singer_id" UUID NOT NULL
);

CREATE INDEX "idx_albums_singer_id" ON "albums" ("singer_id");

ALTER TABLE "albums" ADD CONSTRAINT "fk_albums_singer_id_singers" FOREIGN KEY ("singer_id") REFERENCES "singers" ("id");
