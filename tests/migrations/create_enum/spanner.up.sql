CREATE TABLE jobs (
  id STRING(36) NOT NULL,
  state STRING(20) NOT NULL DEFAULT ('open'),
  before STRING(20),
  history ARRAY<STRING(20)> NOT NULL DEFAULT (['open']),
  CONSTRAINT ck_jobs_before CHECK (before IN ('open', 'in-progress', 'it\'s done')),
  CONSTRAINT ck_jobs_history CHECK (ARRAY_INCLUDES_ALL(['open', 'in-progress', 'it\'s done'], history)),
  CONSTRAINT ck_jobs_state CHECK (state IN ('open', 'in-progress', 'it\'s done'))
) PRIMARY KEY (id);
