CREATE TABLE people (
  id STRING(36) NOT NULL,
  first STRING(MAX) NOT NULL,
  last STRING(MAX),
  age INT64 NOT NULL,
  `full` STRING(MAX) NOT NULL AS (first || ' ' || COALESCE(last, '')) STORED,
  initial STRING(10) AS (LOWER(last)) STORED,
  next_age INT64 NOT NULL AS (age + 1) STORED,
  is_adult BOOL NOT NULL AS (age >= 18) STORED,
  age_double FLOAT64 NOT NULL AS (age) STORED
) PRIMARY KEY (id);

CREATE INDEX idx_people_full ON people (`full`);

CREATE UNIQUE NULL_FILTERED INDEX uq_people_initial ON people (initial);
