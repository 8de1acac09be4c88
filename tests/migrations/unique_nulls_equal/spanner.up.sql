DROP INDEX uq_items_note;

-- fails when two rows have the same values
CREATE UNIQUE INDEX uq_items_note ON items (note);
