CREATE TABLE "events" (
  "id" UUID NOT NULL PRIMARY KEY,
  "kind" TEXT NOT NULL,
  "account_id" UUID,
  "size" BIGINT NOT NULL,
  "at" TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX "idx_events_kind_at" ON "events" ("kind", "at" DESC);

CREATE INDEX "idx_kind_size" ON "events" ("kind", "size") INCLUDE ("at");

CREATE INDEX "idx_of_account" ON "events" ("account_id") WHERE "account_id" IS NOT NULL;

CREATE UNIQUE INDEX "uq_events_account_id_kind" ON "events" ("account_id", "kind");

ALTER TABLE "events" ADD CONSTRAINT "uq_events_kind_size" UNIQUE ("kind", "size");
