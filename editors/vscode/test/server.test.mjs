// Where the extension looks for the program. Run by `npm test`.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { findServer, ServerNotFound } from "../src/server.ts";

const folder = mkdtempSync(join(tmpdir(), "orm-find-"));
const installed = join(folder, "bin/orm");
const bundled = join(folder, "extension/server/orm");
const path = process.env.PATH;
const find = (setting) => findServer({ setting, folder, bundled });

before(() => {
  writeProgram(installed);
});
after(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true });
});

test("without a setting the program is the first one on PATH", () => {
  process.env.PATH = [join(folder, "empty"), join(folder, "bin")].join(delimiter);
  assert.equal(find(""), installed);
});

test("a program that the extension brings goes before PATH, and a setting before both", () => {
  process.env.PATH = join(folder, "bin");
  writeProgram(bundled);
  assert.equal(find(""), bundled);
  assert.equal(find("bin/orm"), installed);
  rmSync(bundled);
  assert.equal(find(""), installed);
});

test("a program that is not on PATH is reported with what to do", () => {
  process.env.PATH = join(folder, "empty");
  assert.throws(() => find(""), (error) => {
    assert.ok(error instanceof ServerNotFound);
    assert.match(error.message, /not on PATH.*orm\.server\.path/);
    return true;
  });
});

test("a relative path starts at the workspace folder", () => {
  assert.equal(find("bin/orm"), installed);
  assert.equal(find("${workspaceFolder}/bin/orm"), installed);
});

test("~ is the home folder", () => {
  assert.throws(() => find("~/no-such-orm"), { message: new RegExp(`no program at ${homedir()}/no-such-orm`) });
});

test("a file that cannot be run is no program", () => {
  const file = join(folder, "bin/readme");
  writeFileSync(file, "");
  assert.throws(() => find(file), /no program at/);
});

test("a folder is no program", () => {
  assert.throws(() => find("bin"), /no program at/);
});

function writeProgram(file) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "#!/bin/sh\n");
  chmodSync(file, 0o755);
}
