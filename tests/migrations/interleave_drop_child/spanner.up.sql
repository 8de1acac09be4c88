-- data loss: drops table lines with all its rows

DROP INDEX idx_lines_note;

DROP TABLE lines;
