-- fails when a row breaks the condition
ALTER TABLE "items" ADD CONSTRAINT "ck_name" CHECK (char_length("name") > 0);
