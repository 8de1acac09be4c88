-- fails when a row has NULL in code; fill it before
ALTER TABLE items ALTER COLUMN code STRING(20) NOT NULL DEFAULT ('b');
