CREATE INDEX idx_posts_created_at ON posts (created_at);

CREATE INDEX idx_users_created_at ON users (created_at);
