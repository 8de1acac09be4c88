DROP INDEX uq_items_note;

-- fails when two rows have the same values
CREATE UNIQUE NULL_FILTERED INDEX uq_items_note ON items (note);
