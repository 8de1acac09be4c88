-- data loss: drops table people with all its rows

DROP TABLE "people";
