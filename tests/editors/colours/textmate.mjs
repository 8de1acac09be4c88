// Colours as VS Code finds them: its own engines, with the grammar of the extension.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const EXTENSION = join(import.meta.dirname, "../../../editors/vscode");
const require = createRequire(join(EXTENSION, "package.json"));
const oniguruma = require("vscode-oniguruma");
const { INITIAL, Registry, parseRawGrammar } = require("vscode-textmate");

const loaded = load();

async function load() {
  await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
  const file = join(EXTENSION, "syntaxes/orm.tmLanguage.json");
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    // SQL inside of a text is coloured by an extension that VS Code brings.
    loadGrammar: async (scope) => (scope === "source.orm" ? parseRawGrammar(readFileSync(file, "utf8"), file) : null),
  });
  return registry.loadGrammar("source.orm");
}

/** For each line its tokens, `{ startIndex, endIndex, scopes }`. */
export async function tokenize(text) {
  const grammar = await loaded;
  let state = INITIAL;
  return text.split("\n").map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens;
  });
}
