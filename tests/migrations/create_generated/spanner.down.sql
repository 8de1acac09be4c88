-- data loss: drops table people with all its rows

DROP INDEX idx_people_full;

DROP INDEX uq_people_initial;

DROP TABLE people;
