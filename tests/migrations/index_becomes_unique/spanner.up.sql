DROP INDEX by_name;

-- fails when two rows have the same values
CREATE UNIQUE INDEX by_name ON items (name);
