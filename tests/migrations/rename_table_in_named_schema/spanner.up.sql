ALTER TABLE shop.lines DROP CONSTRAINT fk_shop_lines_order_shop_orders;

ALTER TABLE shop.orders RENAME TO shop.purchases;

DROP INDEX shop.idx_shop_orders_email;

ALTER TABLE shop.purchases ADD COLUMN note STRING(MAX);

CREATE INDEX shop.idx_shop_purchases_email ON shop.purchases (email);

-- fails when a row refers to one that is not there
ALTER TABLE shop.lines ADD CONSTRAINT fk_shop_lines_order_shop_purchases FOREIGN KEY (`order`) REFERENCES shop.purchases (id);
