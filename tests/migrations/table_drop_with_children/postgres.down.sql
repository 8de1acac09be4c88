CREATE TABLE "users" (
  "id" UUID NOT NULL PRIMARY KEY
);

CREATE TABLE "posts" (
  "id" UUID NOT NULL PRIMARY KEY,
  "user_id" UUID NOT NULL
);

CREATE INDEX "idx_posts_user_id" ON "posts" ("user_id");

ALTER TABLE "posts" ADD CONSTRAINT "fk_posts_user_id_users" FOREIGN KEY ("user_id") REFERENCES "users" ("id");

-- fails when a row refers to one that is not there
ALTER TABLE "comments" ADD CONSTRAINT "fk_comments_post_id_posts" FOREIGN KEY ("post_id") REFERENCES "posts" ("id");
