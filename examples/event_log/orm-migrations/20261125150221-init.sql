-- orm:migration 1
-- orm:parent none
-- orm:content f214b5d6ed0a62a3896cbd321d6de3d0

-- orm:postgres up
CREATE SEQUENCE "event_numbers";

COMMENT ON SEQUENCE "event_numbers" IS 'Numbers of events. Spanner reverses their bits, so that new rows do not all go to one server; nobody reads an order
out of them.';

CREATE TABLE "sources" (
  "source_id" UUID NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  "name" VARCHAR(80) NOT NULL,
  "registered_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP
);

COMMENT ON TABLE "sources" IS 'The machine or program that an event comes from.';

CREATE TABLE "events" (
  "event_id" BIGINT NOT NULL PRIMARY KEY DEFAULT (nextval('"event_numbers"')),
  "source_id" UUID NOT NULL,
  "severity" VARCHAR(8) NOT NULL DEFAULT 'info',
  "message" TEXT NOT NULL,
  "details" JSONB NOT NULL DEFAULT '{}',
  "occurred_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  "recorded_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "part" BIGINT NOT NULL GENERATED ALWAYS AS (mod("event_id", CAST(16 AS BIGINT))) STORED,
  CONSTRAINT "ck_events_severity" CHECK ("severity" IN ('debug', 'info', 'warning', 'error'))
);

COMMENT ON TABLE "events" IS 'What happened. Rows go by themselves after a quarter.';
COMMENT ON COLUMN "events"."recorded_at" IS 'When the database took it: in Spanner the commit''s own time.';
COMMENT ON COLUMN "events"."part" IS 'Which of sixteen parts of the log it belongs to: readers share the work by it.';
CREATE INDEX "idx_events_part_occurred_at" ON "events" ("part", "occurred_at" DESC);
CREATE INDEX "idx_events_source_id_occurred_at" ON "events" ("source_id", "occurred_at" DESC);
ALTER TABLE "sources" ADD CONSTRAINT "uq_sources_name" UNIQUE ("name");
ALTER TABLE "events" ADD CONSTRAINT "fk_events_source_id_sources" FOREIGN KEY ("source_id") REFERENCES "sources" ("source_id");

CREATE VIEW "problems" AS
SELECT e.event_id, e.occurred_at, e.message FROM events AS e WHERE e.severity IN ('warning', 'error');

COMMENT ON VIEW "problems" IS 'What somebody has to look at.
orm: view of text 51e4115b7b1c5eea';

-- orm:postgres down
DROP VIEW "problems";
DROP TABLE "events";
DROP TABLE "sources";
DROP SEQUENCE "event_numbers";

-- orm:spanner up
CREATE SEQUENCE event_numbers BIT_REVERSED_POSITIVE;

CREATE TABLE sources (
  source_id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),
  name STRING(80) NOT NULL,
  registered_at TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP())
) PRIMARY KEY (source_id);

CREATE UNIQUE INDEX uq_sources_name ON sources (name);

CREATE TABLE events (
  event_id INT64 NOT NULL DEFAULT (GET_NEXT_SEQUENCE_VALUE(SEQUENCE event_numbers)),
  source_id STRING(36) NOT NULL,
  severity STRING(8) NOT NULL DEFAULT ('info'),
  message STRING(MAX) NOT NULL,
  details JSON NOT NULL DEFAULT (JSON '{}'),
  occurred_at TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL OPTIONS (allow_commit_timestamp = true),
  part INT64 NOT NULL AS (MOD(event_id, 16)) STORED,
  CONSTRAINT ck_events_severity CHECK (severity IN ('debug', 'info', 'warning', 'error'))
) PRIMARY KEY (event_id),
  ROW DELETION POLICY (OLDER_THAN(occurred_at, INTERVAL 90 DAY));

CREATE INDEX idx_events_part_occurred_at ON events (part, occurred_at DESC);
CREATE INDEX idx_events_source_id_occurred_at ON events (source_id, occurred_at DESC);
ALTER TABLE events ADD CONSTRAINT fk_events_source_id_sources FOREIGN KEY (source_id) REFERENCES sources (source_id);

CREATE VIEW problems SQL SECURITY INVOKER AS
SELECT e.event_id, e.occurred_at, e.message FROM events AS e WHERE e.severity IN ('warning', 'error');

-- orm:spanner down
DROP VIEW problems;
DROP INDEX idx_events_part_occurred_at;
DROP INDEX idx_events_source_id_occurred_at;
DROP TABLE events;
DROP INDEX uq_sources_name;
DROP TABLE sources;
DROP SEQUENCE event_numbers;

-- What the migration does to the model; written by `orm`, not to be edited.
-- orm:change {"add_enum":{"name":"Severity","storage":{"varchar":8},"values":[{"name":"debug","stored":"debug"},{"name":"info","stored":"info"},{"name":"warning","stored":"warning"},{"name":"error","stored":"error"}]}}
-- orm:change {"add_object":{"sequence":{"name":"event_numbers","doc":"Numbers of events. Spanner reverses their bits, so that new rows do not all go to one server; nobody reads an order\nout of them."}}}
-- orm:change {"add_object":{"view":{"name":"problems","doc":"What somebody has to look at.","query":{"postgres":"SELECT e.event_id, e.occurred_at, e.message FROM events AS e WHERE e.severity IN ('warning', 'error')","spanner":"SELECT e.event_id, e.occurred_at, e.message FROM events AS e WHERE e.severity IN ('warning', 'error')"}}}}
-- orm:change {"add_table":{"name":"events","doc":"What happened. Rows go by themselves after a quarter.","columns":[{"name":"event_id","type":{"scalar":"bigint"},"default":{"next_value":"event_numbers"}},{"name":"source_id","type":{"scalar":"uuid"}},{"name":"severity","type":{"scalar":{"enum":"Severity"}},"default":{"expression":{"literal":{"string":"info"}}}},{"name":"message","type":{"scalar":"text"}},{"name":"details","type":{"scalar":"jsonb"},"default":{"expression":{"literal":{"json":"{}"}}}},{"name":"occurred_at","type":{"scalar":{"timestamptz":null}}},{"name":"recorded_at","doc":"When the database took it: in Spanner the commit's own time.","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"commit_timestamp","arguments":[]}}},"allow_commit_timestamp":true},{"name":"part","doc":"Which of sixteen parts of the log it belongs to: readers share the work by it.","type":{"scalar":"bigint"},"generated":{"expression":{"binary":{"operator":"remainder","left":{"column":"event_id"},"right":{"literal":{"integer":16}}}},"stored":true}}],"primary_key":{"columns":[{"name":"event_id"}]},"indexes":[{"name":"idx_events_part_occurred_at","keys":[{"column":"part"},{"column":"occurred_at","descending":true}]},{"name":"idx_events_source_id_occurred_at","keys":[{"column":"source_id"},{"column":"occurred_at","descending":true}]}],"foreign_keys":[{"name":"fk_events_source_id_sources","columns":["source_id"],"references":"sources","referenced_columns":["source_id"]}],"ttl":{"column":"occurred_at","days":90}}}
-- orm:change {"add_table":{"name":"sources","doc":"The machine or program that an event comes from.","columns":[{"name":"source_id","type":{"scalar":"uuid"},"default":{"expression":{"call":{"function":"uuid","arguments":[]}}}},{"name":"name","type":{"scalar":{"varchar":80}}},{"name":"registered_at","type":{"scalar":{"timestamptz":null}},"default":{"expression":{"call":{"function":"now","arguments":[]}}}}],"primary_key":{"columns":[{"name":"source_id"}]},"uniques":[{"name":"uq_sources_name","columns":["name"]}]}}
