// When a server that crashed is started again. Run by `npm test`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Crashes } from "../src/crashes.ts";

const MINUTE = 60_000;

test("the first time at once, then later and later, then not any more", () => {
  const crashes = new Crashes();
  const waits = Array.from({ length: Crashes.LIMIT }, (_, index) => crashes.count(index));
  assert.deepEqual(waits, [0, 1000, 2000, 4000, undefined]);
});

test("a crash is forgotten after a few minutes", () => {
  const crashes = new Crashes();
  const waits = Array.from({ length: 20 }, (_, index) => crashes.count(index * MINUTE));
  assert.ok(waits.every((it) => it !== undefined && it <= 2000), waits.join(" "));
});

test("a start by hand begins anew", () => {
  const crashes = new Crashes();
  for (let crash = 0; crash < Crashes.LIMIT; crash += 1) crashes.count(0);
  crashes.forget();
  assert.equal(crashes.count(1), 0);
});
