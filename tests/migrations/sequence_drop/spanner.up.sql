-- data loss: drops table drafts with all its rows

DROP TABLE drafts;

ALTER TABLE orders ALTER COLUMN number SET DEFAULT (GET_NEXT_SEQUENCE_VALUE(SEQUENCE kept_numbers));

DROP SEQUENCE order_numbers;
