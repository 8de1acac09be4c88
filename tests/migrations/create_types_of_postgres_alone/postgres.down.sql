-- data loss: drops table shifts with all its rows

DROP TABLE "shifts";
