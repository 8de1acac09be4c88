CREATE TABLE "events" (
  "id" BIGINT NOT NULL,
  "shard" BIGINT NOT NULL GENERATED ALWAYS AS (mod("id", CAST(16 AS BIGINT))) STORED,
  "note" TEXT NOT NULL,
  PRIMARY KEY ("shard", "id")
);
