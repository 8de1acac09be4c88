// Where the extension looks for the program. Run by `npm test`.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, test } from "node:test";
import { findServer, ServerNotFound } from "../src/server.ts";

const folder = mkdtempSync(join(tmpdir(), "orm-find-"));
const installed = join(folder, "bin/orm");
const path = process.env.PATH;

before(() => {
  mkdirSync(join(folder, "bin"));
  writeFileSync(installed, "#!/bin/sh\n");
  chmodSync(installed, 0o755);
});
after(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true });
});

test("without a setting the program is the first one on PATH", () => {
  process.env.PATH = [join(folder, "empty"), join(folder, "bin")].join(delimiter);
  assert.equal(findServer("", folder), installed);
});

test("a program that is not on PATH is reported with what to do", () => {
  process.env.PATH = join(folder, "empty");
  assert.throws(() => findServer("", folder), (error) => {
    assert.ok(error instanceof ServerNotFound);
    assert.match(error.message, /not on PATH.*orm\.server\.path/);
    return true;
  });
});

test("a relative path starts at the workspace folder", () => {
  assert.equal(findServer("bin/orm", folder), installed);
  assert.equal(findServer("${workspaceFolder}/bin/orm", folder), installed);
});

test("~ is the home folder", () => {
  assert.throws(() => findServer("~/no-such-orm", folder), { message: new RegExp(`no program at ${homedir()}/no-such-orm`) });
});

test("a file that cannot be run is no program", () => {
  const file = join(folder, "bin/readme");
  writeFileSync(file, "");
  assert.throws(() => findServer(file, folder), /no program at/);
});

test("a folder is no program", () => {
  assert.throws(() => findServer("bin", folder), /no program at/);
});
