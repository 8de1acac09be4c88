-- data loss: drops table measures with all its rows

DROP TABLE "measures";
