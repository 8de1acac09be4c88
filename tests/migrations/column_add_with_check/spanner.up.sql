ALTER TABLE items ADD COLUMN size INT64;

-- fails when a row breaks the condition
ALTER TABLE items ADD CONSTRAINT ck_items_size CHECK (size BETWEEN -32768 AND 32767);
