-- fails when a value in id is too long
ALTER TABLE items ALTER COLUMN id STRING(10) NOT NULL;
