-- unsupported: cannot change the primary key of table items: Spanner stores the rows by it, so neither its columns, nor their order, type and nullability can change; create a table under another name as it should be, copy the rows in ranges of the key, then swap the names (RENAME TABLE items TO items_old, items_new TO items)

ALTER TABLE parts DROP CONSTRAINT fk_parts_item_items;

-- fails when a row refers to one that is not there
ALTER TABLE parts ADD CONSTRAINT fk_parts_item_items FOREIGN KEY (item) REFERENCES items (id);
