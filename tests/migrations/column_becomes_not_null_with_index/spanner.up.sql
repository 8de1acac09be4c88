DROP INDEX idx_items_note;

-- fails when a row has NULL in note; fill it before
ALTER TABLE items ALTER COLUMN note STRING(MAX) NOT NULL;

CREATE INDEX idx_items_note ON items (note);
