-- data loss: drops column notes of table documents

ALTER TABLE documents DROP COLUMN notes;
