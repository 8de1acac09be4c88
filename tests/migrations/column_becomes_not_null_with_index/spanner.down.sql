DROP INDEX idx_items_note;

ALTER TABLE items ALTER COLUMN note STRING(MAX);

CREATE INDEX idx_items_note ON items (note);
