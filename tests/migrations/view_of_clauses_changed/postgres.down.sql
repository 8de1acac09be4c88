DROP VIEW "customer_totals";

DROP VIEW "paid_orders";

CREATE VIEW "paid_orders" AS
SELECT
  "orders"."id" AS "id",
  "orders"."customer_id" AS "customer_id",
  "orders"."amount" AS "amount",
  CAST(("orders"."placed_at" AT TIME ZONE 'UTC') AS DATE) AS "day"
FROM "orders" AS "orders"
WHERE "orders"."state" = 'paid'
  AND "orders"."amount" > 0.5;

COMMENT ON VIEW "paid_orders" IS 'What counts.
orm: view of text 14326843e10cf6c2';

CREATE VIEW "customer_totals" AS
SELECT
  "customers"."id" AS "id",
  COALESCE("customers"."name", 'nobody') AS "name",
  COUNT("paid_orders"."id") AS "orders",
  CAST(SUM("paid_orders"."amount") AS NUMERIC(38, 9)) AS "total"
FROM "customers" AS "customers"
LEFT JOIN "paid_orders" AS "paid_orders" ON "paid_orders"."customer_id" = "customers"."id"
GROUP BY "customers"."id", "customers"."name";

COMMENT ON VIEW "customer_totals" IS 'orm: view of text 0f5c3fe5d3009e77';
