-- rewrites items; fails when a value does not fit
ALTER TABLE "items" ALTER COLUMN "code" SET DATA TYPE BYTEA USING convert_to("code", 'UTF8');
