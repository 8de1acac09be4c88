-- data loss: drops table lines with all its rows

DROP TABLE "lines";
