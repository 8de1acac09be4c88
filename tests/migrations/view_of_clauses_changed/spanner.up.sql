DROP VIEW customer_totals;

DROP VIEW paid_orders;

CREATE VIEW paid_orders SQL SECURITY INVOKER AS
SELECT
  orders.id AS id,
  orders.customer_id AS customer_id,
  orders.amount AS amount,
  DATE(orders.placed_at, 'UTC') AS day
FROM orders AS orders
WHERE orders.state = 'paid'
  AND orders.amount > NUMERIC '10';

CREATE VIEW customer_totals SQL SECURITY INVOKER AS
SELECT
  customers.id AS id,
  COALESCE(customers.name, 'nobody') AS name,
  COUNT(paid_orders.id) AS orders,
  SUM(paid_orders.amount) AS total,
  MAX(paid_orders.day) AS last
FROM customers AS customers
LEFT JOIN paid_orders AS paid_orders ON paid_orders.customer_id = customers.id
GROUP BY customers.id, customers.name;
