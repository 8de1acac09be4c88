-- data loss: drops column note of table shop.orders

ALTER TABLE shop.lines DROP CONSTRAINT fk_shop_lines_order_shop_purchases;

ALTER TABLE shop.purchases RENAME TO shop.orders;

DROP INDEX shop.idx_shop_purchases_email;

ALTER TABLE shop.orders DROP COLUMN note;

CREATE INDEX shop.idx_shop_orders_email ON shop.orders (email);

-- fails when a row refers to one that is not there
ALTER TABLE shop.lines ADD CONSTRAINT fk_shop_lines_order_shop_orders FOREIGN KEY (`order`) REFERENCES shop.orders (id);
