CREATE SCHEMA IF NOT EXISTS billing;

CREATE TABLE auth.tokens (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  user_id STRING(36) NOT NULL
) PRIMARY KEY (id);

CREATE TABLE billing.invoices (
  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  user_id STRING(36) NOT NULL
) PRIMARY KEY (id);

ALTER TABLE auth.users ADD COLUMN email STRING(MAX);

CREATE INDEX auth.idx_auth_users_email ON auth.users (email);

ALTER TABLE auth.tokens ADD CONSTRAINT fk_auth_tokens_user_id_auth_users FOREIGN KEY (user_id) REFERENCES auth.users (id);

ALTER TABLE billing.invoices ADD CONSTRAINT fk_billing_invoices_user_id_auth_users FOREIGN KEY (user_id) REFERENCES auth.users (id);
