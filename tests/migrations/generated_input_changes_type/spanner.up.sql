-- fails when a value in first is too long
ALTER TABLE people ALTER COLUMN first STRING(80) NOT NULL;

-- fails when a value in data is too long
ALTER TABLE people ALTER COLUMN data BYTES(200) NOT NULL;
