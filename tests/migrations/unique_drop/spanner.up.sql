DROP INDEX uq_items_product_code;
