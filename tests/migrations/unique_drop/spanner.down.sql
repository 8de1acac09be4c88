-- fails when two rows have the same values
CREATE UNIQUE INDEX uq_items_product_code ON items (product_code);
