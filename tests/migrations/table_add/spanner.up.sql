CREATE TABLE posts (
  id STRING(36) NOT NULL,
  user_id STRING(36) NOT NULL,
  title STRING(MAX) NOT NULL
) PRIMARY KEY (id);

CREATE INDEX idx_posts_user_id_title ON posts (user_id, title);

ALTER TABLE posts ADD CONSTRAINT fk_posts_user_id_users FOREIGN KEY (user_id) REFERENCES users (id);
