ALTER TABLE items DROP CONSTRAINT fk_items_owner_items;

DROP INDEX idx_items_note;

DROP INDEX uq_items_amount;

ALTER TABLE items DROP CONSTRAINT ck_items_amount;

ALTER TABLE items DROP CONSTRAINT ck_items_amount_note;

ALTER TABLE items ADD COLUMN quantity INT64;

ALTER TABLE items ADD COLUMN remark STRING(MAX);

ALTER TABLE items ADD COLUMN labels ARRAY<STRING(MAX)> NOT NULL DEFAULT ([]);

ALTER TABLE items ADD COLUMN parent STRING(36);

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE items AS it SET quantity = it.amount, remark = it.note, labels = it.tags, parent = it.owner WHERE TRUE;

ALTER TABLE items ALTER COLUMN quantity INT64 NOT NULL DEFAULT (3);

ALTER TABLE items ALTER COLUMN labels ARRAY<STRING(MAX)> NOT NULL;

ALTER TABLE items DROP COLUMN amount;

ALTER TABLE items DROP COLUMN note;

ALTER TABLE items DROP COLUMN tags;

ALTER TABLE items DROP COLUMN owner;

CREATE INDEX idx_items_remark ON items (remark) STORING (quantity);

-- fails when two rows have the same values
CREATE UNIQUE INDEX uq_items_quantity ON items (quantity);

-- fails when a row breaks the condition
ALTER TABLE items ADD CONSTRAINT ck_items_quantity CHECK (quantity BETWEEN -2147483648 AND 2147483647);

-- fails when a row breaks the condition
ALTER TABLE items ADD CONSTRAINT ck_items_quantity_remark CHECK (quantity > 0 OR remark IS NOT NULL);

-- fails when a row refers to one that is not there
ALTER TABLE items ADD CONSTRAINT fk_items_parent_items FOREIGN KEY (parent) REFERENCES items (id);
