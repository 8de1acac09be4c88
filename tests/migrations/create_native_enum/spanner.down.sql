-- data loss: drops table tasks with all its rows
-- data loss: drops table auth.members with all its rows

DROP TABLE auth.members;

DROP TABLE tasks;
