CREATE TABLE users (
  id INT64 NOT NULL,
  email STRING(255) NOT NULL,
  bio STRING(MAX)
) PRIMARY KEY (id);

CREATE UNIQUE INDEX uq_users_email ON users (email);
