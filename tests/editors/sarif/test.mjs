// Holds `orm check --format sarif` against the official schema of SARIF 2.1.0, which Microsoft's package brings.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, finish } from "../support.mjs";

const require = createRequire(import.meta.url);
const sarif = createRequire(require.resolve("@microsoft/jest-sarif/package.json"));
const Ajv = sarif("ajv"); // The schema is of draft 4, which later versions do not read.
const ajv = new Ajv({ schemaId: "auto", allErrors: true });
ajv.addMetaSchema(sarif("ajv/lib/refs/json-schema-draft-04.json"));
const validate = ajv.compile(sarif("./lib/schemas/sarif-2.1.0-rtm.5.json"));

/** Schemas with findings of every severity, several places, fixes, a name that a URI escapes, and one that is no text. */
const FILES = {
  "a b.orm": "table posts {\n  id  int? = uuid()  @primary_key\n  tïtle  txt\n  body  json\n  at  timestamptz\n\n  index(at)\n}\n",
  "b.orm": "table posts {\n  id  uuid  @primary_key  // orm-allow json-text\n}\n",
  "c.orm": Buffer.from([0xff, 0xfe]),
};

await check("a log of many findings is valid", () => {
  const log = run(FILES);
  assert.ok(validate(log), ajv.errorsText(validate.errors));
  const levels = new Set(log.runs[0].results.map((it) => it.level));
  assert.deepEqual([...levels].sort(), ["error", "note", "warning"]);
  assert.ok(log.runs[0].results.some((it) => it.fixes && it.relatedLocations === undefined));
  assert.ok(log.runs[0].results.some((it) => it.relatedLocations));
});
await check("a log of nothing is valid", () => {
  const log = run({ "a.orm": "table posts {\n  id  uuid  @primary_key\n}\n" });
  assert.ok(validate(log), ajv.errorsText(validate.errors));
  assert.deepEqual(log.runs[0].results, []);
});
await check("the validator refuses a wrong level and an unknown property", () => {
  const log = run(FILES);
  log.runs[0].results[0].level = "hint";
  assert.ok(!validate(log));
  log.runs[0].results[0].level = "note";
  log.runs[0].results[0].colour = "red";
  assert.ok(!validate(log));
});
finish();

/** The log of a project with these files. */
function run(files) {
  const folder = mkdtempSync(join(tmpdir(), "orm-sarif-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { stdout } = spawnSync(process.env.ORM_BIN, ["check", "--format", "sarif"], { cwd: folder, encoding: "utf8" });
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
