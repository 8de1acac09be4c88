CREATE TABLE "bookings" (
  "id" UUID NOT NULL PRIMARY KEY,
  "begins" DATE NOT NULL,
  "ends" DATE NOT NULL,
  "seats" BIGINT NOT NULL,
  "label" VARCHAR(40),
  "price" NUMERIC(8, 2) NOT NULL,
  CONSTRAINT "ck_bookings_label" CHECK (char_length("label") > 2 AND "label" NOT LIKE 'x%'),
  CONSTRAINT "ck_bookings_seats" CHECK ("seats" BETWEEN 1 AND 10),
  CONSTRAINT "ck_label_or_few" CHECK ("label" IS NOT NULL OR "seats" IN (1, 2, 3)),
  CONSTRAINT "ck_period" CHECK ("begins" <= "ends"),
  CONSTRAINT "price_is_real" CHECK ("price" >= 0.5)
);
