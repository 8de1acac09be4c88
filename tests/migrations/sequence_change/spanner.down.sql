ALTER SEQUENCE order_numbers SKIP RANGE 1, 9;

-- numbers that were handed out after the new start come again
ALTER SEQUENCE order_numbers RESTART COUNTER WITH 10;

ALTER SEQUENCE other_numbers NO SKIP RANGE;

-- numbers that were handed out after the new start come again
ALTER SEQUENCE other_numbers RESTART COUNTER WITH 1;
