-- fails when the value of a row cannot be computed or is NULL
ALTER TABLE orders ADD COLUMN label STRING(MAX) NOT NULL AS (CASE WHEN 8 BETWEEN 0 AND 10000 AND '0' <> '' THEN LPAD(CAST(number AS STRING), 8, '0') END) STORED;

-- fails when the value of a row cannot be computed or is NULL
ALTER TABLE orders ADD COLUMN part STRING(MAX) NOT NULL AS (CASE WHEN CAST(number AS STRING) IS NOT NULL AND 2 >= 1 AND '0' <> '' THEN COALESCE(SPLIT(CAST(number AS STRING), '0')[SAFE_OFFSET(2 - 1)], '') END) STORED;
