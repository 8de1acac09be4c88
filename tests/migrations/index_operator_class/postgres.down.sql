DROP INDEX "people_by_email";

DROP INDEX "people_by_name";

CREATE INDEX "people_by_email" ON "people" ("email");

CREATE INDEX "people_by_name" ON "people" ("name" text_pattern_ops, "email");
