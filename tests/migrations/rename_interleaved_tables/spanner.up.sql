ALTER TABLE lines RENAME TO purchase_lines;

ALTER TABLE orders RENAME TO purchases;

ALTER TABLE purchase_lines ADD COLUMN note STRING(MAX);
