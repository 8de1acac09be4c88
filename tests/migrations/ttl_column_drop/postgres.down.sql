-- fails when events has rows, which have no value for the column; to keep them, add the column without NOT NULL, fill it, then SET NOT NULL
ALTER TABLE "events" ADD COLUMN "occurred_at" TIMESTAMP WITH TIME ZONE NOT NULL;
