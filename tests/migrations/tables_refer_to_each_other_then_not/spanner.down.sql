-- data loss: drops table c with all its rows

DROP TABLE c;

CREATE TABLE b (
  id STRING(36) NOT NULL,
  a_id STRING(36)
) PRIMARY KEY (id);

CREATE TABLE a (
  id STRING(36) NOT NULL,
  b_id STRING(36)
) PRIMARY KEY (id);

ALTER TABLE b ADD CONSTRAINT fk_b_a_id_a FOREIGN KEY (a_id) REFERENCES a (id);

ALTER TABLE a ADD CONSTRAINT fk_a_b_id_b FOREIGN KEY (b_id) REFERENCES b (id);
