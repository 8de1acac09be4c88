ALTER SEQUENCE order_numbers SKIP RANGE 1, 999;

-- numbers that were handed out after the new start come again
ALTER SEQUENCE order_numbers RESTART COUNTER WITH 1000;

ALTER SEQUENCE other_numbers SKIP RANGE 1, 2;

-- numbers that were handed out after the new start come again
ALTER SEQUENCE other_numbers RESTART COUNTER WITH 3;
