-- fails when a row breaks the condition
ALTER TABLE items ADD CONSTRAINT ck_items_id CHECK (id BETWEEN -2147483648 AND 2147483647);

-- fails when a row breaks the condition
ALTER TABLE parts ADD CONSTRAINT ck_parts_item_id CHECK (item_id BETWEEN -2147483648 AND 2147483647);
