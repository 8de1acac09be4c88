// Which server fits which extension. Run by `npm test`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compare } from "../src/versions.ts";

const older = (extension, server) => compare(extension, server)?.older;

test("before 1.0 the minor number decides", () => {
  assert.equal(older("0.1.0", "0.1.9"), undefined);
  assert.equal(older("0.2.0", "0.1.9"), "server");
  assert.equal(older("0.2.0", "0.10.0"), "extension");
});

test("from 1.0 on the major number decides", () => {
  assert.equal(older("1.0.0", "1.9.0"), undefined);
  assert.equal(older("1.0.0", "2.0.0-rc.1"), "extension");
  assert.equal(older("2.3.0", "1.9.0"), "server");
  assert.equal(older("1.0.0", "0.9.0"), "server");
});

test("a server that does not say its version is older", () => {
  assert.equal(older("0.1.0", undefined), "server");
});

test("the message names both versions, and what to do", () => {
  assert.match(compare("0.2.3", "0.1.0").message, /orm 0\.1\.0.*for orm 0\.2:.*Update the program/);
  assert.match(compare("1.4.0", "2.0.1").message, /orm 2\.0\.1.*for orm 1:.*Update the extension/);
});
