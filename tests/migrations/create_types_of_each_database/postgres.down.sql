-- data loss: drops table accounts with all its rows

DROP TABLE "accounts";
