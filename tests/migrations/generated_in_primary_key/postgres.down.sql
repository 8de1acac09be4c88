-- data loss: drops table events with all its rows

DROP TABLE "events";
