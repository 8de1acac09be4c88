-- data loss: drops column last of table people
-- unsupported: cannot stop computing column full of table people: Spanner never turns a generated column into one that is written; add a column under another name, fill it with a partitioned UPDATE (SET new_full = full WHERE true), let the application use it, then drop full

ALTER TABLE people DROP COLUMN last;
