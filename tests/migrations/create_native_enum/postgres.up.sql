CREATE SCHEMA IF NOT EXISTS "auth";

CREATE TYPE "State" AS ENUM ('open', 'finished');

COMMENT ON TYPE "State" IS 'How far.';

CREATE TYPE "auth"."Role" AS ENUM ('admin');

CREATE TABLE "tasks" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "state" "State" NOT NULL DEFAULT 'open',
  "others" "State"[] NOT NULL DEFAULT ARRAY['open', 'finished']::"State"[],
  "title" TEXT,
  CONSTRAINT "ck_tasks_state_title" CHECK ("state" <> 'finished' OR "title" <> '')
);

CREATE TABLE "auth"."members" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "role" "auth"."Role",
  CONSTRAINT "ck_auth_members_role_2" CHECK (char_length("role"::text) > 2)
);
