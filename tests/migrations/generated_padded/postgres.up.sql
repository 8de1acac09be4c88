-- rewrites orders, to compute the column of every row; fails when the value of a row cannot be computed or is NULL
ALTER TABLE "orders" ADD COLUMN "label" TEXT NOT NULL GENERATED ALWAYS AS (CASE WHEN 8 BETWEEN 0 AND 10000 AND octet_length('0') > 0 THEN lpad(CAST("number" AS TEXT), CAST(8 AS INTEGER), '0') END) STORED;

-- rewrites orders, to compute the column of every row; fails when the value of a row cannot be computed or is NULL
ALTER TABLE "orders" ADD COLUMN "part" TEXT NOT NULL GENERATED ALWAYS AS (CASE WHEN 2 >= 1 AND octet_length('0') > 0 THEN split_part(CAST("number" AS TEXT), '0', CAST(LEAST(2, 1000000000) AS INTEGER)) END) STORED;
