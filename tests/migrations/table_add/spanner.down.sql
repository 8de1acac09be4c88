-- data loss: drops table posts with all its rows

DROP INDEX idx_posts_user_id_title;

DROP TABLE posts;
