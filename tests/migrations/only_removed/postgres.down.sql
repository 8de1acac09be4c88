-- data loss: drops table audit with all its rows

DROP TABLE "audit";
