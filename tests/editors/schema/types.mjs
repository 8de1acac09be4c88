// Microsoft's TypeScript types of the protocol as JSON Schema, stricter than the types themselves.
import Ajv from "ajv";
import { fileURLToPath } from "node:url";
import { createGenerator } from "ts-json-schema-generator";

/** Returns `problems(method, result)`: what is wrong with the result of a method, or `null`. */
export function resultValidator() {
  const schema = createGenerator({
    path: fileURLToPath(new URL("results.ts", import.meta.url)),
    type: "Results",
    skipTypeCheck: true,
  }).createSchema("Results");
  narrowIntegers(schema.definitions);
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addSchema(schema, "lsp");
  return (method, result) => {
    const pointer = method.replaceAll("~", "~0").replaceAll("/", "~1");
    const validate = ajv.getSchema(`lsp#/definitions/Results/properties/${pointer}`);
    if (!validate) throw new Error(`results.ts says nothing about ${method}`);
    if (!validate(result)) return ajv.errorsText(validate.errors);
    return backwardRange(result);
  };
}

/** TypeScript knows one kind of number; the protocol's integers are whole and have limits. */
function narrowIntegers(definitions) {
  const limit = 2 ** 31;
  Object.assign(definitions.uinteger, { type: "integer", minimum: 0, maximum: limit - 1 });
  Object.assign(definitions.integer, { type: "integer", minimum: -limit, maximum: limit - 1 });
}

/** The first range in `value` that ends before it starts. No type says that it must not. */
function backwardRange(value) {
  if (typeof value !== "object" || value === null) return null;
  const { start, end } = value;
  if (start && end && (start.line > end.line || (start.line === end.line && start.character > end.character))) {
    return `the range ${JSON.stringify(value)} ends before it starts`;
  }
  return Object.values(value).map(backwardRange).find(Boolean) ?? null;
}
