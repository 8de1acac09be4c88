ALTER TABLE tasks DROP CONSTRAINT ck_tasks_others;

ALTER TABLE tasks DROP CONSTRAINT ck_tasks_state;

ALTER TABLE tasks DROP CONSTRAINT ck_tasks_state_title;

ALTER TABLE tasks ALTER COLUMN others SET DEFAULT (['open', 'gone']);

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE tasks AS it SET state = CASE it.state WHEN 'over' THEN 'done' WHEN 'lost' THEN 'gone' ELSE it.state END WHERE it.state IN ('over', 'lost');

-- writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a larger table, split it by ranges of the key
UPDATE tasks AS it SET others = ARRAY(SELECT CASE value WHEN 'over' THEN 'done' WHEN 'lost' THEN 'gone' ELSE value END FROM UNNEST(it.others) AS value WITH OFFSET AS place ORDER BY place) WHERE EXISTS(SELECT 1 FROM UNNEST(it.others) AS value WHERE value IN ('over', 'lost'));

-- fails when a row breaks the condition
ALTER TABLE tasks ADD CONSTRAINT ck_tasks_others CHECK (ARRAY_INCLUDES_ALL(['open', 'done', 'gone'], others));

-- fails when a row breaks the condition
ALTER TABLE tasks ADD CONSTRAINT ck_tasks_state CHECK (state IN ('open', 'done', 'gone'));

-- fails when a row breaks the condition
ALTER TABLE tasks ADD CONSTRAINT ck_tasks_state_title CHECK (state <> 'done' OR title <> '');
