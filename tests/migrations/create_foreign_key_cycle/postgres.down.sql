-- data loss: drops table people with all its rows
-- data loss: drops table teams with all its rows

ALTER TABLE "teams" DROP CONSTRAINT "fk_teams_leader_id_people";

DROP TABLE "people";

DROP TABLE "teams";
