DROP VIEW "reports"."mails";

DROP VIEW "active_users";
