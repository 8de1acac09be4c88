-- data loss: drops table users with all its rows

DROP VIEW "reports"."mails";

DROP VIEW "active_users";

DROP TABLE "users";
