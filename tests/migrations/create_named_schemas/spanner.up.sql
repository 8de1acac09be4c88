CREATE SCHEMA IF NOT EXISTS auth;

CREATE SCHEMA IF NOT EXISTS shop;

CREATE TABLE auth.users (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  email STRING(MAX) NOT NULL,
  role STRING(10) NOT NULL DEFAULT ('member'),
  CONSTRAINT ck_auth_users_role CHECK (role IN ('admin', 'member'))
) PRIMARY KEY (id);

CREATE UNIQUE INDEX auth.uq_auth_users_email ON auth.users (email);

CREATE TABLE posts (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  author_id STRING(36) NOT NULL,
  size INT64 NOT NULL,
  CONSTRAINT ck_posts_size CHECK (size BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT ck_posts_size_2 CHECK (size > 0)
) PRIMARY KEY (id);

CREATE TABLE auth.sessions (
  id STRING(36) NOT NULL,
  number INT64 NOT NULL,
  seen_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP())
) PRIMARY KEY (id, number),
  INTERLEAVE IN PARENT auth.users ON DELETE CASCADE;

CREATE INDEX auth.idx_auth_sessions_seen_at ON auth.sessions (seen_at);

CREATE TABLE shop.Posts (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  post_id STRING(36) NOT NULL,
  size INT64 NOT NULL,
  CONSTRAINT ck_shop_Posts_size CHECK (size BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT ck_shop_Posts_size_2 CHECK (size > 0)
) PRIMARY KEY (id);

ALTER TABLE posts ADD CONSTRAINT fk_posts_author_id_auth_users FOREIGN KEY (author_id) REFERENCES auth.users (id) ON DELETE CASCADE;

ALTER TABLE shop.Posts ADD CONSTRAINT fk_shop_Posts_post_id_posts FOREIGN KEY (post_id) REFERENCES posts (id);
