CREATE TABLE "teams" (
  "id" UUID NOT NULL PRIMARY KEY,
  "leader_id" UUID
);

CREATE TABLE "people" (
  "id" UUID NOT NULL PRIMARY KEY,
  "team_id" UUID NOT NULL
);

ALTER TABLE "teams" ADD CONSTRAINT "fk_teams_leader_id_people" FOREIGN KEY ("leader_id") REFERENCES "people" ("id");

ALTER TABLE "people" ADD CONSTRAINT "fk_people_team_id_teams" FOREIGN KEY ("team_id") REFERENCES "teams" ("id");
