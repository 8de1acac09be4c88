CREATE TABLE singers (
  id STRING(36) NOT NULL
) PRIMARY KEY (id);

CREATE TABLE albums (
  id STRING(36) NOT NULL,
  singer_id STRING(36) NOT NULL
) PRIMARY KEY (id);

CREATE INDEX idx_albums_singer_id ON albums (singer_id);

ALTER TABLE albums ADD CONSTRAINT fk_albums_singer_id_singers FOREIGN KEY (singer_id) REFERENCES singers (id);
