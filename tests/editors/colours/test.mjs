// The grammar that VS Code colours with, against the tree-sitter grammar: every example and every keyword, word by word.
//   nvim and cc on PATH; node colours/test.mjs
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, finish } from "../support.mjs";
import { classOfCapture, classOfScopes, isSame } from "./classes.mjs";
import { tokenize } from "./textmate.mjs";

const ROOT = join(import.meta.dirname, "../../..");
/** Words are compared; what is between them has no colour of its own in most themes. */
const WORD = /"""|"|'|`|[A-Za-z_$@][A-Za-z0-9_?]*|\d[\w.]*|[^\s.]/g;

const REST = { name: "rest.orm", text: readFileSync(join(import.meta.dirname, "rest.orm"), "utf8") };

const sources = [...examples(), ...corpus(), REST];
const coloured = treeSitter(sources);
for (const [index, { name, text }] of sources.entries()) {
  await check(`the same colours: ${name}`, async () => {
    assert.ok(!coloured[index].has_error, "tree-sitter does not understand it");
    const differences = await compare(text, coloured[index].captures);
    assert.equal(differences.length, 0, `\n${differences.join("\n")}`);
  });
}
await check("every keyword of the grammar is among what was compared", () => {
  const all = sources.map((it) => it.text).join("\n");
  const missing = keywords().filter((it) => !new RegExp(`\\b${it}\\b`).test(all));
  assert.deepEqual(missing, []);
});
finish();

async function compare(text, captures) {
  const bytes = Buffer.from(text);
  const painted = new Array(bytes.length);
  for (const [first, last, capture] of captures) painted.fill(capture, first, last);
  const scopes = await tokenize(text);
  const differences = [];
  for (const [line, content] of text.split("\n").entries()) {
    const start = Buffer.byteLength(text.split("\n").slice(0, line).map((it) => `${it}\n`).join(""));
    for (const { 0: word, index } of content.matchAll(WORD)) {
      const capture = painted[start + Buffer.byteLength(content.slice(0, index))];
      const scope = scopes[line].find((it) => it.startIndex <= index && index < it.endIndex).scopes;
      if (isSame(classOfCapture(capture), classOfScopes(scope))) continue;
      const place = `${line + 1}:${index + 1} ${word}`;
      differences.push(`${place}: tree-sitter ${capture}, TextMate ${scope.at(-1)}    in: ${content.trim()}`);
    }
  }
  return differences;
}

function treeSitter(sources) {
  const folder = mkdtempSync(join(tmpdir(), "orm-colours-"));
  try {
    const files = sources.map(({ text }, index) => {
      const file = join(folder, `${index}.orm`);
      writeFileSync(file, text);
      return file;
    });
    const output = join(folder, "captures.json");
    const script = join(import.meta.dirname, "captures.lua");
    execFileSync("nvim", ["-u", "NONE", "-i", "NONE", "--headless", "-l", script, output, ...files], { stdio: "pipe" });
    return JSON.parse(readFileSync(output));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function examples() {
  // A folder `.orm` is the database of somebody who tried the example.
  const files = readdirSync(join(ROOT, "examples"), { recursive: true })
    .filter((it) => it.endsWith(".orm") && statSync(join(ROOT, "examples", it)).isFile());
  return files.sort().map((it) => ({ name: `examples/${it}`, text: readFileSync(join(ROOT, "examples", it), "utf8") }));
}

/** What the tests of the grammar parse, without the half-typed: regular expressions see no broken line as a parser does. */
function corpus() {
  const folder = join(ROOT, "tree-sitter-orm/test/corpus");
  const files = readdirSync(folder).filter((it) => !it.startsWith("broken_"));
  return files.sort().flatMap((file) => {
    const parts = readFileSync(join(folder, file), "utf8").split(/^={3,}\n(.*)\n={3,}\n/m).slice(1);
    return parts
      .map((part, index) => ({ name: `${file}: ${part}`, text: parts[index + 1]?.split(/^---$/m)[0] }))
      .filter((_, index) => index % 2 === 0);
  });
}

/** The words that the grammar has: those of its rules, and those that its scanner finds. */
function keywords() {
  const grammar = JSON.parse(readFileSync(join(ROOT, "tree-sitter-orm/src/grammar.json"), "utf8"));
  const found = new Set(grammar.externals.map((it) => it.name?.match(/^_(\w+)_keyword$/)?.[1]).filter(Boolean));
  const visit = (rule) => {
    if (rule.type === "STRING" && /^[a-z_]+$/.test(rule.value)) found.add(rule.value);
    for (const part of [rule.members, rule.content].flat()) if (part) visit(part);
  };
  Object.values(grammar.rules).forEach(visit);
  assert.ok(found.has("table") && found.has("select"), "the grammar's words are not where they were");
  return [...found];
}
