-- data loss: drops table articles with all its rows

DROP TABLE "articles";
