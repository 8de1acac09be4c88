-- data loss: drops table settings with all its rows

DROP TABLE settings;
