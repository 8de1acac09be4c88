-- rewrites items; fails when a value does not fit
ALTER TABLE "items" ALTER COLUMN "code" SET DATA TYPE TEXT USING convert_from("code", 'UTF8');
