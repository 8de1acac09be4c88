-- data loss: drops table albums with all its rows
-- data loss: drops table singers with all its rows

DROP INDEX idx_albums_singer_id;

DROP TABLE albums;

DROP TABLE singers;
