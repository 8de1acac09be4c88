-- data loss: drops column remark of table items

ALTER TABLE items DROP COLUMN remark;

ALTER TABLE items ADD COLUMN note STRING(MAX);

-- fails when items has rows, which have NULL in note; fill it before
ALTER TABLE items ALTER COLUMN note STRING(MAX) NOT NULL;
