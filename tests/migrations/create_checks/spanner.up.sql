CREATE TABLE bookings (
  id STRING(36) NOT NULL,
  begins DATE NOT NULL,
  ends DATE NOT NULL,
  seats INT64 NOT NULL,
  label STRING(40),
  price NUMERIC NOT NULL,
  CONSTRAINT ck_bookings_label CHECK (CHAR_LENGTH(label) > 2 AND label NOT LIKE 'x%'),
  CONSTRAINT ck_bookings_seats CHECK (seats BETWEEN 1 AND 10),
  CONSTRAINT ck_label_or_few CHECK (label IS NOT NULL OR seats IN (1, 2, 3)),
  CONSTRAINT ck_period CHECK (begins <= ends),
  CONSTRAINT price_is_real CHECK (price >= NUMERIC '0.5')
) PRIMARY KEY (id);
