-- data loss: drops column size of table items

ALTER TABLE items DROP CONSTRAINT ck_items_size;

ALTER TABLE items DROP COLUMN size;
