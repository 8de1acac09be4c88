CREATE SEQUENCE shard_numbers BIT_REVERSED_POSITIVE SKIP RANGE 1, 1000;

CREATE TABLE documents (
  id STRING(36) NOT NULL,
  title STRING(MAX) NOT NULL,
  shard INT64,
  CONSTRAINT ck_documents_title CHECK (title <> '')
) PRIMARY KEY (id);

CREATE INDEX idx_documents_title ON documents (title DESC);

CREATE UNIQUE INDEX uq_documents_title_id ON documents (title, id);

CREATE TABLE shards (
  id STRING(36) NOT NULL,
  piece INT64 NOT NULL
) PRIMARY KEY (id, piece),
  INTERLEAVE IN PARENT documents ON DELETE NO ACTION;

CREATE TABLE visits (
  id STRING(36) NOT NULL,
  `at` TIMESTAMP NOT NULL
) PRIMARY KEY (id),
  ROW DELETION POLICY (OLDER_THAN(`at`, INTERVAL 30 DAY));

CREATE VIEW pieces SQL SECURITY INVOKER AS
SELECT s.id, s.piece FROM shards AS s;
