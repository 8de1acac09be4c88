-- data loss: drops table bookings with all its rows

DROP TABLE "bookings";
