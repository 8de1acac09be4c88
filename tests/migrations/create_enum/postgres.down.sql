-- data loss: drops table jobs with all its rows

DROP TABLE "jobs";
