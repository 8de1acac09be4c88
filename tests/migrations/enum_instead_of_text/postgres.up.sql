-- fails when a row breaks the condition
ALTER TABLE "items" ADD CONSTRAINT "ck_items_state" CHECK ("state" IN ('open', 'done'));
