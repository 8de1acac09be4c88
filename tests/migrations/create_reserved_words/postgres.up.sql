CREATE TABLE "order" (
  "group" UUID NOT NULL PRIMARY KEY,
  "select" TEXT,
  "from" BIGINT,
  "index" BOOLEAN NOT NULL DEFAULT false,
  CONSTRAINT "ck_order_from" CHECK ("from" > 0)
);

CREATE INDEX "idx_order_select_from" ON "order" ("select", "from" DESC);
