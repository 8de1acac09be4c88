CREATE SCHEMA IF NOT EXISTS "auth";

CREATE SCHEMA IF NOT EXISTS "shop";

CREATE TABLE "auth"."users" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "email" TEXT NOT NULL,
  "role" VARCHAR(10) NOT NULL DEFAULT 'member',
  CONSTRAINT "ck_auth_users_role" CHECK ("role" IN ('admin', 'member'))
);

COMMENT ON TABLE "auth"."users" IS 'Who signs in.';

CREATE TABLE "posts" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "author_id" UUID NOT NULL,
  "size" INTEGER NOT NULL,
  CONSTRAINT "ck_posts_size_2" CHECK ("size" > 0)
);

CREATE TABLE "auth"."sessions" (
  "id" UUID NOT NULL,
  "number" BIGINT NOT NULL,
  "seen_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("id", "number")
);

CREATE TABLE "shop"."Posts" (
  "id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "post_id" UUID NOT NULL,
  "size" INTEGER NOT NULL,
  CONSTRAINT "ck_shop_Posts_size_2" CHECK ("size" > 0)
);

CREATE INDEX "idx_auth_sessions_seen_at" ON "auth"."sessions" ("seen_at");

ALTER TABLE "auth"."users" ADD CONSTRAINT "uq_auth_users_email" UNIQUE ("email");

ALTER TABLE "posts" ADD CONSTRAINT "fk_posts_author_id_auth_users" FOREIGN KEY ("author_id") REFERENCES "auth"."users" ("id") ON DELETE CASCADE;

ALTER TABLE "auth"."sessions" ADD CONSTRAINT "fk_auth_sessions_id_auth_users" FOREIGN KEY ("id") REFERENCES "auth"."users" ("id") ON DELETE CASCADE;

ALTER TABLE "shop"."Posts" ADD CONSTRAINT "fk_shop_Posts_post_id_posts" FOREIGN KEY ("post_id") REFERENCES "posts" ("id");
