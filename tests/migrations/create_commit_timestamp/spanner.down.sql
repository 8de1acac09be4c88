-- data loss: drops table changes with all its rows

DROP TABLE changes;
