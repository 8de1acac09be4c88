-- data loss: drops table albums with all its rows
-- data loss: drops table singers with all its rows

DROP TABLE "albums";

DROP TABLE "singers";
