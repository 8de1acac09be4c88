ALTER TABLE items DROP CONSTRAINT ck_name;

-- fails when a row breaks the condition
ALTER TABLE items ADD CONSTRAINT ck_name CHECK (CHAR_LENGTH(name) > 0);
