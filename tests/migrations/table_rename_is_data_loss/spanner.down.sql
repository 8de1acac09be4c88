-- data loss: drops table people with all its rows

DROP TABLE people;

CREATE TABLE users (
  id STRING(36) NOT NULL
) PRIMARY KEY (id);
