CREATE TABLE lines (
  id STRING(36) NOT NULL,
  number INT64 NOT NULL,
  note STRING(MAX)
) PRIMARY KEY (id, number),
  INTERLEAVE IN PARENT orders ON DELETE CASCADE;

CREATE INDEX idx_lines_note ON lines (note);
