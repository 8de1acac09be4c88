CREATE TABLE albums (
  singer_id STRING(36) NOT NULL,
  album_id STRING(36) NOT NULL,
  title STRING(MAX) NOT NULL
) PRIMARY KEY (singer_id, album_id),
  INTERLEAVE IN singers;
