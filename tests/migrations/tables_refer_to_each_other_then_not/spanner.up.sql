-- data loss: drops table a with all its rows
-- data loss: drops table b with all its rows

ALTER TABLE b DROP CONSTRAINT fk_b_a_id_a;

DROP TABLE a;

DROP TABLE b;

CREATE TABLE c (
  id STRING(36) NOT NULL
) PRIMARY KEY (id);
