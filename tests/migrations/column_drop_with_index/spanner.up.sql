-- data loss: drops column note of table items

DROP INDEX idx_items_note_name;

DROP INDEX uq_items_note;

ALTER TABLE items DROP COLUMN note;
