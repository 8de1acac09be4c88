-- data loss: drops table posts with all its rows
-- data loss: drops table auth.sessions with all its rows
-- data loss: drops table auth.users with all its rows
-- data loss: drops table shop.Posts with all its rows

DROP TABLE shop.Posts;

DROP INDEX auth.idx_auth_sessions_seen_at;

DROP TABLE auth.sessions;

DROP TABLE posts;

DROP INDEX auth.uq_auth_users_email;

DROP TABLE auth.users;
