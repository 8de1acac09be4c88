// Drives the server with Microsoft's own JSON-RPC library and holds each result against Microsoft's own types.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import rpc from "vscode-languageserver-protocol/node.js";
import { check, finish, inTime } from "../support.mjs";
import { resultValidator } from "./types.mjs";

const TEXT = `/// People who log in.
enum Role : varchar(10) { member, admin }

table users {
  id       uuid = uuid()  @primary_key
  role  Role = member
  manager_id  uuid?  @references(users.id)
}

table broken {
  id  uuid  @primary_key
  name  txet
}

query of_role(role: Role) {
  from users
  where users.role = $role
  select id
}
`;

const problems = resultValidator();
const folder = mkdtempSync(join(tmpdir(), "orm-schema-"));
const file = join(folder, "users.orm");
writeFileSync(file, TEXT);
const server = spawn(process.env.ORM_BIN, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
const connection = rpc.createProtocolConnection(
  new rpc.StreamMessageReader(server.stdout),
  new rpc.StreamMessageWriter(server.stdin),
);
const textDocument = { uri: pathToFileURL(file).href };

try {
  await negativeControls();
  await session();
} finally {
  connection.dispose();
  server.kill("SIGKILL");
  rmSync(folder, { recursive: true });
}
finish();

async function session() {
  const published = new Promise((resolve) => {
    connection.onNotification("textDocument/publishDiagnostics", (it) => it.diagnostics.length > 0 && resolve(it));
  });
  connection.onRequest(() => null); // registrations, progress, configuration
  connection.listen();
  await request("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "project" }],
    capabilities: {
      textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true }, publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true }, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } }, dataSupport: true, resolveSupport: { properties: ["edit"] } } },
    },
  });
  await connection.sendNotification("initialized", {});
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { ...textDocument, languageId: "orm", version: 1, text: TEXT },
  });
  await check("textDocument/publishDiagnostics", async () => {
    const params = await inTime("diagnostics", published);
    assert.equal(problems("textDocument/publishDiagnostics", params), null);
    assert.ok(params.diagnostics.some((it) => it.message.includes("txet")), JSON.stringify(params));
  });
  await request("textDocument/hover", { textDocument, position: { line: 3, character: 7 } }, notEmpty);
  await request("textDocument/hover", { textDocument, position: { line: 5, character: 3 } }, notEmpty);
  await request("textDocument/definition", { textDocument, position: { line: 5, character: 9 } }, notEmpty);
  await request("textDocument/definition", { textDocument, position: { line: 6, character: 34 } }, notEmpty);
  await request("textDocument/documentSymbol", { textDocument }, notEmpty);
  const broken = { start: { line: 11, character: 8 }, end: { line: 11, character: 8 } };
  await request("textDocument/codeAction", { textDocument, range: broken, context: { diagnostics: [] } }, notEmpty);
  const name = { start: { line: 3, character: 7 }, end: { line: 3, character: 7 } };
  let offered = [];
  await request("textDocument/codeAction", { textDocument, range: name, context: { diagnostics: [], only: ["refactor"] } }, (result) => {
    offered = result;
    notEmpty(result);
  });
  await request("codeAction/resolve", offered[0], (result) => assert.ok(result.edit));
  await request("textDocument/formatting", { textDocument, options: { tabSize: 2, insertSpaces: true } }, notEmpty);
  await names();
  await whole();
  await ownRequests();
  await log();
  await request("shutdown");
  await check("exit", async () => {
    const exited = new Promise((resolve) => server.once("exit", resolve));
    await connection.sendNotification("exit");
    assert.equal(await inTime("exit", exited), 0);
  });
}

/** What is asked of one name. */
async function names() {
  const users = { textDocument, position: { line: 3, character: 7 } };
  await request("textDocument/references", { ...users, context: { includeDeclaration: true } }, notEmpty);
  await request("textDocument/documentHighlight", users, notEmpty);
  const parameter = { textDocument, position: { line: 14, character: 16 } };
  await request("textDocument/linkedEditingRange", parameter, (result) => assert.equal(result.ranges.length, 2));
  await request("textDocument/linkedEditingRange", users, (result) => assert.equal(result, null));
  await request("textDocument/prepareRename", users, notEmpty);
  await request("textDocument/rename", { ...users, newName: "people" }, notEmpty);
  await request("textDocument/selectionRange", { textDocument, positions: [users.position] }, notEmpty);
  await request("textDocument/signatureHelp", { textDocument, position: { line: 6, character: 33 } }, notEmpty);
  let items = [];
  await request("textDocument/completion", { textDocument, position: { line: 11, character: 9 } }, (result) => {
    items = result.items ?? result;
    notEmpty(items);
  });
  await request("completionItem/resolve", items[0], notEmpty);
  await request("workspace/symbol", { query: "use" }, notEmpty);
}

/** What is asked of a whole file. */
async function whole() {
  const range = { start: { line: 0, character: 0 }, end: { line: 8, character: 0 } };
  let previousResultId = "";
  await request("textDocument/semanticTokens/full", { textDocument }, (result) => {
    previousResultId = result.resultId;
    notEmpty(result.data);
  });
  await request("textDocument/semanticTokens/full/delta", { textDocument, previousResultId }, notEmpty);
  await request("textDocument/semanticTokens/range", { textDocument, range }, notEmpty);
  await request("textDocument/inlayHint", { textDocument, range }, notEmpty);
  await request("textDocument/foldingRange", { textDocument }, notEmpty);
  let lenses = [];
  await request("textDocument/codeLens", { textDocument }, (result) => notEmpty((lenses = result)));
  for (const lens of lenses) await request("codeLens/resolve", lens, (result) => assert.ok(result.command));
  await request("textDocument/documentLink", { textDocument });
}

/** What is asked beside the protocol; docs/editor.md describes it. */
async function ownRequests() {
  const users = { textDocument, position: { line: 3, character: 7 } };
  let previews = [];
  await request("orm/previewDdl", users, (result) => notEmpty((previews = result)));
  const previousResultIds = previews.map((it) => it.resultId);
  await request("orm/previewDdl", { textDocument, previousResultIds }, (result) => {
    assert.deepEqual(result.map((it) => it.text), [null, null]);
  });
  await request("orm/previewMigration", { textDocument }, notEmpty);
  await request("orm/syntaxTree", { textDocument }, notEmpty);
  await request("orm/explain", { code: "unknown-type" }, notEmpty);
  await request("orm/explain", { code: "nothing" }, (result) => assert.equal(result, null));
  const empty = { textDocument, name: "by hand", empty: true };
  await request("workspace/executeCommand", { command: "orm.createMigration", arguments: [empty] }, (result) => {
    assert.equal(result.files.length, 1);
  });
}

/** What the server says of its own work. */
async function log() {
  await check("window/logMessage", async () => {
    const logged = notification("window/logMessage");
    server.stdin.write("Content-Length: 1\r\n\r\n{");
    const params = await inTime("the log", logged);
    assert.equal(problems("window/logMessage", params), null);
    assert.equal(params.type, rpc.MessageType.Error);
  });
  for (const [value, details] of [["messages", undefined], ["verbose", "{\"code\":\"unknown-type\"}"]]) {
    await check(`$/logTrace of ${value}`, async () => {
      const traced = notification("$/logTrace", (it) => it.message.startsWith("orm/explain"));
      await connection.sendNotification("$/setTrace", { value });
      await connection.sendRequest("orm/explain", { code: "unknown-type" });
      const params = await inTime("the trace", traced);
      assert.equal(problems("$/logTrace", params), null);
      assert.equal(params.verbose, details);
    });
  }
  await connection.sendNotification("$/setTrace", { value: "off" });
}

/** The parameters of the next notification of this method that is `wanted`. */
function notification(method, wanted = () => true) {
  return new Promise((resolve) => connection.onNotification(method, (params) => wanted(params) && resolve(params)));
}

/** One request whose result must be of its type, and fulfil `expect`. */
async function request(method, params, expect = () => {}) {
  const where = params?.position ? ` at ${params.position.line}:${params.position.character}` : "";
  await check(method + where, async () => {
    const result = await inTime(method, connection.sendRequest(method, ...(params ? [params] : [])));
    assert.equal(problems(method, result), null, JSON.stringify(result));
    expect(result);
  });
}

function notEmpty(result) {
  assert.ok(result && (!Array.isArray(result) || result.length > 0), "the result is empty");
}

/** The validator itself is tried: each of these results is wrong in one way. */
async function negativeControls() {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const wrong = {
    "contents of a wrong type": ["textDocument/hover", { contents: 5 }],
    "a missing range": ["textDocument/formatting", [{ newText: "" }]],
    "a number as text": ["textDocument/formatting", [{ newText: "", range: { ...range, start: { line: "0", character: 0 } } }]],
    "a negative line": ["textDocument/formatting", [{ newText: "", range: { ...range, start: { line: -1, character: 0 } } }]],
    "a range that ends before it starts": ["textDocument/formatting", [{ newText: "", range: { start: range.end, end: range.start } }]],
    "a level that the protocol lacks": ["window/logMessage", { type: 9, message: "x" }],
    "a trace without a message": ["$/logTrace", { verbose: "x" }],
    "a property that the protocol lacks": ["textDocument/hover", { contents: "x", colour: "red" }],
  };
  for (const [name, [method, result]] of Object.entries(wrong)) {
    await check(`the validator refuses ${name}`, () => assert.ok(problems(method, result)));
  }
}
