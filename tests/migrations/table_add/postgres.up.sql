CREATE TABLE "posts" (
  "id" UUID NOT NULL PRIMARY KEY,
  "user_id" UUID NOT NULL,
  "title" TEXT NOT NULL
);

COMMENT ON TABLE "posts" IS 'What users write.';

CREATE INDEX "idx_posts_user_id_title" ON "posts" ("user_id", "title");

ALTER TABLE "posts" ADD CONSTRAINT "fk_posts_user_id_users" FOREIGN KEY ("user_id") REFERENCES "users" ("id");
