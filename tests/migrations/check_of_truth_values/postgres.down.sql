ALTER TABLE "tasks" DROP CONSTRAINT "ck_tasks_done_title";

ALTER TABLE "tasks" DROP CONSTRAINT "ck_tasks_done_title_2";

ALTER TABLE "tasks" DROP CONSTRAINT "ck_tasks_title";

ALTER TABLE "tasks" DROP CONSTRAINT "ck_tasks_title_2";
