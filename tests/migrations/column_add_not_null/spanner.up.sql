ALTER TABLE items ADD COLUMN note STRING(MAX);

-- fails when items has rows, which have NULL in note; fill it before
ALTER TABLE items ALTER COLUMN note STRING(MAX) NOT NULL;
