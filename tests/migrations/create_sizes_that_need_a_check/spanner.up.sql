CREATE TABLE devices (
  id STRING(36) NOT NULL,
  country STRING(2) NOT NULL,
  port INT64 NOT NULL,
  level INT64,
  address BYTES(6) NOT NULL,
  CONSTRAINT ck_devices_country CHECK (CHAR_LENGTH(country) = 2),
  CONSTRAINT ck_devices_level CHECK (level BETWEEN -32768 AND 32767),
  CONSTRAINT ck_devices_port CHECK (port BETWEEN -2147483648 AND 2147483647)
) PRIMARY KEY (id);
