ALTER TABLE items DROP CONSTRAINT fk_items_parent_items;

DROP INDEX idx_items_remark;

DROP INDEX uq_items_quantity;

ALTER TABLE items DROP CONSTRAINT ck_items_quantity;

ALTER TABLE items DROP CONSTRAINT ck_items_quantity_remark;

ALTER TABLE items ADD COLUMN amount INT64;

ALTER TABLE items ADD COLUMN note STRING(MAX);

ALTER TABLE items ADD COLUMN tags ARRAY<STRING(MAX)> NOT NULL DEFAULT ([]);

ALTER TABLE items ADD COLUMN owner STRING(36);

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE items AS it SET amount = it.quantity, note = it.remark, tags = it.labels, owner = it.parent WHERE TRUE;

ALTER TABLE items ALTER COLUMN amount INT64 NOT NULL DEFAULT (3);

ALTER TABLE items ALTER COLUMN tags ARRAY<STRING(MAX)> NOT NULL;

ALTER TABLE items DROP COLUMN quantity;

ALTER TABLE items DROP COLUMN remark;

ALTER TABLE items DROP COLUMN labels;

ALTER TABLE items DROP COLUMN parent;

CREATE INDEX idx_items_note ON items (note) STORING (amount);

-- fails when two rows have the same values
CREATE UNIQUE INDEX uq_items_amount ON items (amount);

-- fails when a row breaks the condition
ALTER TABLE items ADD CONSTRAINT ck_items_amount CHECK (amount BETWEEN -2147483648 AND 2147483647);

-- fails when a row breaks the condition
ALTER TABLE items ADD CONSTRAINT ck_items_amount_note CHECK (amount > 0 OR note IS NOT NULL);

-- fails when a row refers to one that is not there
ALTER TABLE items ADD CONSTRAINT fk_items_owner_items FOREIGN KEY (owner) REFERENCES items (id);
