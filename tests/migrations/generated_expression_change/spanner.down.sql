DROP INDEX idx_people_full_born;

DROP INDEX uq_people_full;

ALTER TABLE people DROP CONSTRAINT ck_full;

ALTER TABLE people DROP COLUMN `full`;

-- fails when the value of a row cannot be computed or is NULL
ALTER TABLE people ADD COLUMN `full` STRING(MAX) NOT NULL AS (first || last) STORED;

CREATE INDEX idx_people_full_born ON people (`full`, born);

-- fails when two rows have the same values
CREATE UNIQUE INDEX uq_people_full ON people (`full`);

-- fails when a row breaks the condition
ALTER TABLE people ADD CONSTRAINT ck_full CHECK (`full` <> CAST(born AS STRING));
