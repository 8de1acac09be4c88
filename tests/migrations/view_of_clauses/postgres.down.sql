DROP VIEW "customer_totals";

DROP VIEW "paid_orders";
