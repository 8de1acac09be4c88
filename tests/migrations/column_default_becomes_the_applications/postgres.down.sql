ALTER TABLE "items" ALTER COLUMN "token" SET DEFAULT gen_random_uuid();
