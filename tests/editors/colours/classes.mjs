// What the names of both worlds mean: tree-sitter's captures and TextMate's scopes.

const CAPTURES = {
  keyword: "keyword",
  "keyword.operator": "keyword",
  type: "type",
  module: "type",
  function: "function",
  "function.call": "function",
  property: "property",
  variable: "variable",
  "variable.parameter": "parameter",
  constant: "constant",
  "constant.builtin": "constant",
  boolean: "constant",
  string: "string",
  number: "number",
  comment: "comment",
  "comment.documentation": "comment",
  attribute: "attribute",
  operator: "operator",
  "punctuation.bracket": "punctuation",
  "punctuation.delimiter": "punctuation",
};

/** Beginnings of scopes; the first that fits decides, from the innermost scope outwards. */
const SCOPES = [
  ["comment", "comment"],
  ["string", "string"],
  ["meta.embedded", "string"],
  ["constant.character", "string"],
  ["punctuation.definition.string", "string"],
  ["punctuation.definition.comment", "comment"],
  ["punctuation.definition.attribute", "attribute"],
  ["punctuation.definition.variable", "parameter"],
  ["entity.name.function.decorator", "attribute"],
  ["entity.name.function", "function"],
  ["entity.name.type", "type"],
  ["support.type", "type"],
  ["support.function", "function"],
  ["support.class.app", "variable"],
  ["storage", "keyword"],
  ["keyword.operator.word", "keyword"],
  ["keyword.operator", "operator"],
  ["keyword", "keyword"],
  ["variable.other.property", "property"],
  ["variable.other.enummember", "constant"],
  ["variable.parameter.named", "property"],
  ["variable.parameter", "parameter"],
  ["variable", "variable"],
  ["constant.numeric", "number"],
  ["constant.language", "constant"],
  ["punctuation", "punctuation"],
];

export function classOfCapture(capture) {
  if (capture === undefined) return "plain";
  const found = CAPTURES[capture];
  if (!found) throw new Error(`the capture ${capture} has no class`);
  return found;
}

export function classOfScopes(scopes) {
  // Inside of a text everything belongs to the text: SQL is a language of its own.
  if (scopes.some((it) => it.startsWith("string"))) return "string";
  const innermost = scopes.at(-1);
  return SCOPES.find(([beginning]) => innermost.startsWith(beginning))?.[1] ?? "plain";
}

/** A regular expression sees names, not what they belong to. */
export function isSame(one, other) {
  const pair = [one, other].sort().join(" ");
  return one === other || pair === "property variable";
}
