-- fails when a row breaks the condition
ALTER TABLE items ADD CONSTRAINT ck_items_size CHECK (size BETWEEN -2147483648 AND 2147483647);
