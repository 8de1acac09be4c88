CREATE SCHEMA IF NOT EXISTS auth;

CREATE TABLE tasks (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  state STRING(10) NOT NULL DEFAULT ('open'),
  others ARRAY<STRING(10)> NOT NULL DEFAULT (['open', 'finished']),
  title STRING(MAX),
  CONSTRAINT ck_tasks_others CHECK (ARRAY_INCLUDES_ALL(['open', 'finished'], others)),
  CONSTRAINT ck_tasks_state CHECK (state IN ('open', 'finished')),
  CONSTRAINT ck_tasks_state_title CHECK (state <> 'finished' OR title <> '')
) PRIMARY KEY (id);

CREATE TABLE auth.members (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  role STRING(MAX),
  CONSTRAINT ck_auth_members_role CHECK (role IN ('admin')),
  CONSTRAINT ck_auth_members_role_2 CHECK (CHAR_LENGTH(role) > 2)
) PRIMARY KEY (id);
