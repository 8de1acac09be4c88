CREATE TABLE People (
  PersonId STRING(36) NOT NULL,
  firstName STRING(MAX) NOT NULL
) PRIMARY KEY (PersonId);

CREATE INDEX idx_People_firstName ON People (firstName);

CREATE UNIQUE INDEX uq_People_firstName_PersonId ON People (firstName, PersonId);

CREATE TABLE pets (
  id STRING(36) NOT NULL,
  person_id STRING(36) NOT NULL
) PRIMARY KEY (id);

ALTER TABLE pets ADD CONSTRAINT fk_pets_person_id_People FOREIGN KEY (person_id) REFERENCES People (PersonId);
