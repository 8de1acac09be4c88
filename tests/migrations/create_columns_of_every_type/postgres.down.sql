-- data loss: drops table kinds with all its rows

DROP TABLE "kinds";
