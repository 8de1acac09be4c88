DROP INDEX "idx_users_status";

CREATE INDEX "idx_users_status" ON "users" ("status");
