-- data loss: drops table users with all its rows

DROP TABLE users;

CREATE TABLE people (
  id STRING(36) NOT NULL
) PRIMARY KEY (id);
