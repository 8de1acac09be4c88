-- fails when two rows have the same values
CREATE UNIQUE INDEX uq_items_name ON items (name);
