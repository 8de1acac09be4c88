CREATE TABLE "shifts" (
  "id" UUID NOT NULL PRIMARY KEY,
  "begins" TIME NOT NULL,
  "ends" TIME(0),
  "length" INTERVAL NOT NULL,
  "address" inet
);
