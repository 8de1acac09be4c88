ALTER TABLE "people" RENAME TO "users";

ALTER TABLE "users" RENAME CONSTRAINT "people_pkey" TO "users_pkey";

ALTER TABLE "posts" RENAME CONSTRAINT "fk_posts_author_people" TO "fk_posts_author_users";

ALTER INDEX "idx_people_age_email" RENAME TO "idx_users_age_email";

ALTER TABLE "users" RENAME CONSTRAINT "uq_people_email" TO "uq_users_email";

ALTER TABLE "users" RENAME CONSTRAINT "ck_people_age_email" TO "ck_users_age_email";

ALTER TABLE "users" RENAME CONSTRAINT "ck_people_state" TO "ck_users_state";

ALTER TABLE "users" RENAME CONSTRAINT "fk_people_boss_people" TO "fk_users_boss_users";
