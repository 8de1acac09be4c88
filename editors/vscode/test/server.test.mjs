// Where the extension looks for the program. Run by `npm test`.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { checkProgram, findServer, ProgramNotUsable } from "../src/server.ts";

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
    assert.ok(error instanceof ProgramNotUsable);
    assert.match(error.message, /not on PATH.*orm\.server\.path/);
    return true;
  });
});

test("a relative path starts at the workspace folder", () => {
  assert.equal(find("bin/orm"), installed);
  assert.equal(find("./bin/orm"), installed);
  assert.equal(find(" bin/orm "), installed);
});

test("variables of VS Code are understood", () => {
  process.env.ORM_TEST_FOLDER = join(folder, "bin");
  assert.equal(find("${workspaceFolder}/bin/orm"), installed);
  assert.equal(find("${env:ORM_TEST_FOLDER}/orm"), installed);
  assert.throws(() => find("${userHome}/no-such-orm"), { message: new RegExp(`no program at ${homedir()}/no-such-orm`) });
  assert.throws(() => find("${file}/orm"), /no program at .*\$\{file\}/);
});

test("a path may have spaces", () => {
  const spaced = join(folder, "my programs/orm");
  writeProgram(spaced);
  assert.equal(find("my programs/orm"), spaced);
});

test("~ is the home folder", () => {
  assert.throws(() => find("~/no-such-orm"), { message: new RegExp(`no program at ${homedir()}/no-such-orm \\(~/no-such-orm\\)`) });
});

test("a file that may not be executed is told, with what to do", () => {
  const file = join(folder, "bin/readme");
  writeFileSync(file, "");
  assert.throws(() => find(file), /readme may not be executed\. `chmod \+x`/);
});

test("a folder is no program", () => {
  assert.throws(() => find("bin"), /no program at .*which is a folder/);
});

test("what cannot be run on this machine, or is another program, is told", async () => {
  const foreign = join(folder, "foreign orm");
  // The beginning of a program for a processor that nobody has.
  writeFileSync(foreign, Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01", "latin1"), Buffer.alloc(4096)]), { mode: 0o755 });
  await assert.rejects(checkProgram(foreign), /foreign orm cannot be run: .*an `orm` for this machine/);
  const other = join(folder, "other");
  writeProgram(other, 'echo "cat 9.1"');
  await assert.rejects(checkProgram(other), /other is another program: .*--version` does not say/);
  writeProgram(other, 'echo "orm 0.1.0"');
  await checkProgram(other);
});

function writeProgram(file, text = "") {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}
