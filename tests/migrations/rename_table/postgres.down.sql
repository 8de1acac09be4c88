ALTER TABLE "users" RENAME TO "people";

ALTER TABLE "people" RENAME CONSTRAINT "users_pkey" TO "people_pkey";

ALTER INDEX "idx_users_age_email" RENAME TO "idx_people_age_email";

ALTER TABLE "people" RENAME CONSTRAINT "uq_users_email" TO "uq_people_email";

ALTER TABLE "people" RENAME CONSTRAINT "ck_users_age_email" TO "ck_people_age_email";

ALTER TABLE "people" RENAME CONSTRAINT "ck_users_state" TO "ck_people_state";

ALTER TABLE "people" RENAME CONSTRAINT "fk_users_boss_users" TO "fk_people_boss_people";

ALTER TABLE "posts" RENAME CONSTRAINT "fk_posts_author_users" TO "fk_posts_author_people";
