CREATE TABLE "settings" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "label" TEXT NOT NULL DEFAULT 'it''s "new" \ here',
  "age" BIGINT DEFAULT 0,
  "ratio" DOUBLE PRECISION NOT NULL DEFAULT -1.5,
  "price" NUMERIC(10, 2) NOT NULL DEFAULT 9.99,
  "is_admin" BOOLEAN DEFAULT false,
  "options" JSONB DEFAULT '{"theme":"light","sizes":[1,2.5,null]}',
  "token" UUID NOT NULL DEFAULT '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
  "born_on" DATE NOT NULL DEFAULT '2000-02-29',
  "opens_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT '2027-01-31T12:00:00+02:00',
  "last_login" TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
  "slug" TEXT NOT NULL,
  "serial" BIGINT NOT NULL DEFAULT (1 + 1)
);
