-- data loss: drops table posts with all its rows
-- data loss: drops table users with all its rows

ALTER TABLE comments DROP CONSTRAINT fk_comments_post_id_posts;

DROP INDEX idx_posts_user_id;

DROP TABLE posts;

DROP TABLE users;
