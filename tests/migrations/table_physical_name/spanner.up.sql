-- data loss: drops table users with all its rows

DROP TABLE users;

CREATE TABLE Users2 (
  id STRING(36) NOT NULL
) PRIMARY KEY (id);
