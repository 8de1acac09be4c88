ALTER TABLE items ADD COLUMN slug STRING(MAX);

-- fails when items has rows, which have NULL in slug; fill it before
ALTER TABLE items ALTER COLUMN slug STRING(MAX) NOT NULL;
