-- numbers go on from the last one; ALTER SEQUENCE … RESTART begins anew
ALTER SEQUENCE "order_numbers" INCREMENT BY 2 START WITH 1000 CACHE 1;

COMMENT ON SEQUENCE "order_numbers" IS NULL;

-- numbers go on from the last one; ALTER SEQUENCE … RESTART begins anew
ALTER SEQUENCE "other_numbers" START WITH 3;

ALTER SEQUENCE "order_numbers" OWNED BY "orders"."number";
