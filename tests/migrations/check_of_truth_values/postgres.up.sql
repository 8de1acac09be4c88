-- fails when a row breaks the condition
ALTER TABLE "tasks" ADD CONSTRAINT "ck_tasks_done_title" CHECK ("done" = ("title" LIKE 'x%'));

-- fails when a row breaks the condition
ALTER TABLE "tasks" ADD CONSTRAINT "ck_tasks_done_title_2" CHECK (("done" = ("title" = '')) IS NOT NULL);

-- fails when a row breaks the condition
ALTER TABLE "tasks" ADD CONSTRAINT "ck_tasks_title" CHECK (("title" IN ('a', 'b')) <> ("title" BETWEEN 'c' AND 'd'));

-- fails when a row breaks the condition
ALTER TABLE "tasks" ADD CONSTRAINT "ck_tasks_title_2" CHECK (("title" LIKE '%y') IS NOT NULL);
