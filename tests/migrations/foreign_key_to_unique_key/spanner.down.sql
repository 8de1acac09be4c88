-- data loss: drops table letters with all its rows

DROP TABLE letters;
