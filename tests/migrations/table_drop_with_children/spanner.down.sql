CREATE TABLE users (
  id STRING(36) NOT NULL
) PRIMARY KEY (id);

CREATE TABLE posts (
  id STRING(36) NOT NULL,
  user_id STRING(36) NOT NULL
) PRIMARY KEY (id);

CREATE INDEX idx_posts_user_id ON posts (user_id);

ALTER TABLE posts ADD CONSTRAINT fk_posts_user_id_users FOREIGN KEY (user_id) REFERENCES users (id);

-- fails when a row refers to one that is not there
ALTER TABLE comments ADD CONSTRAINT fk_comments_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id);
