-- data loss: drops column note of table lines

ALTER TABLE purchase_lines RENAME TO lines;

ALTER TABLE purchases RENAME TO orders;

ALTER TABLE lines DROP COLUMN note;
