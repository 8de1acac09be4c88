// What other extensions and VS Code's own commands see of the extension.
const assert = require("node:assert/strict");
const vscode = require("vscode");

const PATIENCE = 1000 * Number(process.env.ORM_PATIENCE ?? 60);
const BROKEN = "table drafts {\n      id uuid = uuid() @primary_key\n  owner_id  uuid  @references(users.id)\n  body  txet\n}\n";

/** Runs every check; gives `[{ name, problem }]`, where a check that passed has no problem. */
exports.run = async () => {
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, "schema/drafts.orm");
  await vscode.workspace.fs.writeFile(uri, Buffer.from(BROKEN));
  const document = await vscode.workspace.openTextDocument(uri);
  const at = (word) => document.positionAt(document.getText().indexOf(word) + 1);
  const ask = (command, ...rest) => vscode.commands.executeCommand(command, uri, ...rest);
  const results = [];
  for (const [name, body] of Object.entries(checks(uri, document, at, ask))) {
    results.push(await outcome(name, body));
  }
  await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap((it) => it.tabs).filter((it) => it.label === "drafts.orm"));
  await vscode.workspace.fs.delete(uri);
  return results;
};

async function outcome(name, body) {
  try {
    await body();
    return { name };
  } catch (error) {
    return { name, problem: error.stack };
  }
}

const checks = (uri, document, at, ask) => ({
  "a file that ends in .orm is of language orm": () => assert.equal(document.languageId, "orm"),

  "the extension is active": () => until(() => vscode.extensions.getExtension("orm-lang.orm").isActive),

  "a diagnostic with its code": async () => {
    const error = await until(() => errors(uri).find((it) => it.message.includes("txet")));
    assert.equal(document.getText(error.range), "txet");
    assert.equal(error.source, "orm");
    assert.match(String(error.code?.value ?? error.code), /^ORM/);
  },

  "the hover provider gives the DDL of both databases": async () => {
    const [hover] = await ask("vscode.executeHoverProvider", at("drafts"));
    const text = hover.contents.map((it) => it.value).join("\n");
    assert.match(text, /PostgreSQL[\s\S]*```sql[\s\S]*UUID/);
    assert.match(text, /Spanner[\s\S]*```sql[\s\S]*STRING\(36\)/);
  },

  "go to definition crosses files": async () => {
    const [place] = await ask("vscode.executeDefinitionProvider", at("users.id"));
    const target = await vscode.workspace.openTextDocument(place.targetUri ?? place.uri);
    assert.match(target.uri.path, /uploads\.orm$/);
    assert.equal(target.getText(place.targetSelectionRange ?? place.range), "users");
  },

  "the outline has the table and its columns": async () => {
    const [table] = await ask("vscode.executeDocumentSymbolProvider");
    assert.equal(table.name, "drafts");
    assert.deepEqual(table.children.map((it) => it.name), ["id", "owner_id", "body"]);
  },

  "format document indents": async () => {
    const edits = await ask("vscode.executeFormatDocumentProvider", { tabSize: 2, insertSpaces: true });
    const change = new vscode.WorkspaceEdit();
    change.set(uri, edits);
    await vscode.workspace.applyEdit(change);
    assert.match(document.getText(), /^ {2}id/m);
    assert.doesNotMatch(document.getText(), /^ {3,}/m);
  },

  "diagnostics follow an edit": async () => {
    const change = new vscode.WorkspaceEdit();
    const start = document.getText().indexOf("txet");
    change.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(start + 4)), "text");
    await vscode.workspace.applyEdit(change);
    await document.save();
    await until(() => errors(uri).length === 0);
  },

  "the server can be restarted": async () => {
    await vscode.commands.executeCommand("orm.restartServer");
    const hovers = await until(async () => {
      const hovers = await ask("vscode.executeHoverProvider", at("drafts"));
      return hovers.length > 0 && hovers;
    });
    assert.equal(hovers.length, 1, "the old server still answers");
  },
});

const errors = (uri) =>
  vscode.languages.getDiagnostics(uri).filter((it) => it.severity === vscode.DiagnosticSeverity.Error);

async function until(probe) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`not within ${PATIENCE / 1000} s: ${probe}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}
