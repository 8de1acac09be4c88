-- data loss: drops table posts with all its rows
-- data loss: drops table auth.sessions with all its rows
-- data loss: drops table auth.users with all its rows
-- data loss: drops table shop.Posts with all its rows

DROP TABLE "shop"."Posts";

DROP TABLE "auth"."sessions";

DROP TABLE "posts";

DROP TABLE "auth"."users";
