-- data loss: drops column occurred_at of table events

ALTER TABLE "events" DROP COLUMN "occurred_at";
