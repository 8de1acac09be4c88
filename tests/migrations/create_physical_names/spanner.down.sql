-- data loss: drops table People with all its rows
-- data loss: drops table pets with all its rows

DROP TABLE pets;

DROP INDEX idx_People_firstName;

DROP INDEX uq_People_firstName_PersonId;

DROP TABLE People;
