CREATE TABLE "users" (
  "id" UUID NOT NULL PRIMARY KEY,
  "email" TEXT NOT NULL
);

COMMENT ON TABLE "users" IS 'People who can sign in.

"Deleted" ones stay; it''s the law.';

COMMENT ON COLUMN "users"."email" IS 'Where we write to.';
