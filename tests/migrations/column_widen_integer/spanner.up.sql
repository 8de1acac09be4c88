ALTER TABLE items DROP CONSTRAINT ck_items_size;
