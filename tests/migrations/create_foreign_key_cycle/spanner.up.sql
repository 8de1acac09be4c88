CREATE TABLE teams (
  id STRING(36) NOT NULL,
  leader_id STRING(36)
) PRIMARY KEY (id);

CREATE TABLE people (
  id STRING(36) NOT NULL,
  team_id STRING(36) NOT NULL
) PRIMARY KEY (id);

ALTER TABLE teams ADD CONSTRAINT fk_teams_leader_id_people FOREIGN KEY (leader_id) REFERENCES people (id);

ALTER TABLE people ADD CONSTRAINT fk_people_team_id_teams FOREIGN KEY (team_id) REFERENCES teams (id);
