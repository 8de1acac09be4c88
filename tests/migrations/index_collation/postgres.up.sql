DROP INDEX "people_by_email";

DROP INDEX "people_by_name";

CREATE INDEX "people_by_email" ON "people" ("email" COLLATE "C");

CREATE INDEX "people_by_name" ON "people" ("name", "email" COLLATE "C");
