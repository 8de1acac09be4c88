-- data loss: drops table devices with all its rows

DROP TABLE devices;
