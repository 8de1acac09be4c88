DROP INDEX "idx_posts_created_at";

DROP INDEX "idx_users_created_at";
