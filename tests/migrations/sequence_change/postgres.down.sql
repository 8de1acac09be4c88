ALTER SEQUENCE "order_numbers" OWNED BY NONE;

-- numbers go on from the last one; ALTER SEQUENCE … RESTART begins anew
ALTER SEQUENCE "order_numbers" INCREMENT BY 1 START WITH 10 CACHE 5;

COMMENT ON SEQUENCE "order_numbers" IS 'Numbers of orders.';

-- numbers go on from the last one; ALTER SEQUENCE … RESTART begins anew
ALTER SEQUENCE "other_numbers" START WITH 1;
