-- fails when a value in code is too long
ALTER TABLE items ALTER COLUMN code STRING(10) NOT NULL;
