-- fails when a value in code is not UTF-8
ALTER TABLE items ALTER COLUMN code STRING(MAX) NOT NULL;
