-- data loss: drops table albums with all its rows

DROP TABLE albums;
