ALTER TABLE items DROP CONSTRAINT ck_items_id;

ALTER TABLE parts DROP CONSTRAINT ck_parts_item_id;
