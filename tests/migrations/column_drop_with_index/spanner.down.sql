ALTER TABLE items ADD COLUMN note STRING(MAX);

CREATE INDEX idx_items_note_name ON items (note, name);

-- fails when two rows have the same values
CREATE UNIQUE NULL_FILTERED INDEX uq_items_note ON items (note);
