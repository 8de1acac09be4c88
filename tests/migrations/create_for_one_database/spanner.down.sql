-- data loss: drops table documents with all its rows
-- data loss: drops table shards with all its rows
-- data loss: drops table visits with all its rows

DROP VIEW pieces;

DROP TABLE visits;

DROP TABLE shards;

DROP INDEX idx_documents_title;

DROP INDEX uq_documents_title_id;

DROP TABLE documents;

DROP SEQUENCE shard_numbers;
