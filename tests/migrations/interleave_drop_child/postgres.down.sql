CREATE TABLE "lines" (
  "id" UUID NOT NULL,
  "number" BIGINT NOT NULL,
  "note" TEXT,
  PRIMARY KEY ("id", "number")
);

CREATE INDEX "idx_lines_note" ON "lines" ("note");

ALTER TABLE "lines" ADD CONSTRAINT "fk_lines_id_orders" FOREIGN KEY ("id") REFERENCES "orders" ("id") ON DELETE CASCADE;
