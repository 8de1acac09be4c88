DROP INDEX albums_by_title;

CREATE INDEX albums_by_title ON albums (singer_id, title), INTERLEAVE IN singers;
