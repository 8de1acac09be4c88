-- data loss: drops column updated_at of table posts
-- data loss: drops column updated_at of table users

ALTER TABLE "posts" DROP COLUMN "updated_at";

ALTER TABLE "users" DROP COLUMN "updated_at";
