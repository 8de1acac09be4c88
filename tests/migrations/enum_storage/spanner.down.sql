-- fails when a value in state is too long
ALTER TABLE jobs ALTER COLUMN state STRING(10) NOT NULL DEFAULT ('open');
