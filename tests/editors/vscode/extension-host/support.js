// What the checks share.
const { readFileSync } = require("node:fs");
const vscode = require("vscode");

const PATIENCE = 1000 * Number(process.env.ORM_PATIENCE ?? 60);

exports.folder = () => vscode.workspace.workspaceFolders[0].uri;

exports.file = (path) => vscode.Uri.joinPath(exports.folder(), path);

/** Asks again and again until `probe` gives something. */
exports.until = async (probe) => {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`not within ${PATIENCE / 1000} s: ${probe}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
};

exports.errors = (uri) =>
  vscode.languages.getDiagnostics(uri).filter((it) => it.severity === vscode.DiagnosticSeverity.Error);

/** Replaces the first `text` of a document. */
exports.replace = async (document, text, replacement) => {
  const start = document.getText().indexOf(text);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
  const change = new vscode.WorkspaceEdit();
  change.replace(document.uri, range, replacement);
  await vscode.workspace.applyEdit(change);
};

/** Behind the first character of the first `text`. */
exports.positionOf = (document, text) => document.positionAt(document.getText().indexOf(text) + 1);

/** The tabs whose label contains `text`. */
exports.tabs = (text) => vscode.window.tabGroups.all.flatMap((it) => it.tabs).filter((it) => it.label.includes(text));

const started = () =>
  readFileSync(process.env.ORM_TEST_STARTS, "utf8").split("\n").filter((it) => it.startsWith("lsp ")).map((it) => Number(it.slice(4)));

/** How often the language server was started. */
exports.starts = () => started().length;

/** The processes of the language servers that run. */
exports.servers = () => started().filter(isAlive);

function isAlive(process_) {
  try {
    return process.kill(process_, 0);
  } catch {
    return false;
  }
}
