// The settings are the options of the server. Run by `npm test`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const read = (path) => readFileSync(join(import.meta.dirname, path), "utf8");
const { contributes } = JSON.parse(read("../package.json"));
const settings = contributes.configuration.properties;

test("every option of the server has a setting, with a description and its default", () => {
  const section = read("../../../docs/editor.md").split("\n## Options\n")[1].split("\n## ")[0];
  const options = [...section.matchAll(/^\| `([\w.]+)` \| `(true|false)` \|/gm)];
  assert.ok(options.length >= 4, "the table of options is not where it was");
  for (const [, name, value] of options) {
    const setting = settings[`orm.${name}`];
    assert.ok(setting?.markdownDescription, `orm.${name} is no setting, or has no description`);
    assert.equal(String(setting.default), value, name);
  }
});

test("the README lists every setting and every command", () => {
  const readme = read("../README.md");
  for (const name of Object.keys(settings)) assert.ok(readme.includes(`\`${name}\``), name);
  const commands = contributes.commands.filter((it) => it.command !== "orm.showMenu");
  for (const { title } of commands) assert.ok(readme.includes(`*orm: ${title}*`), title);
});
