CREATE TABLE letters (
  id STRING(36) NOT NULL,
  address STRING(MAX) NOT NULL
) PRIMARY KEY (id);

ALTER TABLE letters ADD CONSTRAINT fk_letters_address_users FOREIGN KEY (address) REFERENCES users (email);
