CREATE TABLE "devices" (
  "id" UUID NOT NULL PRIMARY KEY,
  "country" VARCHAR(2) NOT NULL,
  "port" INTEGER NOT NULL,
  "level" SMALLINT,
  "address" BYTEA NOT NULL,
  CONSTRAINT "ck_devices_address" CHECK (octet_length("address") <= 6),
  CONSTRAINT "ck_devices_country" CHECK (char_length("country") = 2)
);
