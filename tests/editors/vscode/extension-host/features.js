// The features of the protocol, by way of VS Code's API.
const assert = require("node:assert/strict");
const vscode = require("vscode");
const { errors, file, positionOf, replace, until } = require("./support");

exports.featureChecks = (document) => {
  const { uri } = document;
  const at = (text) => positionOf(document, text);
  const ask = (command, ...rest) => vscode.commands.executeCommand(command, uri, ...rest);
  const whole = () => new vscode.Range(0, 0, document.lineCount, 0);

  return {
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
      const contents = hover.contents.map((it) => it.value).join("\n");
      assert.match(contents, /PostgreSQL[\s\S]*```sql[\s\S]*UUID/);
      assert.match(contents, /Spanner[\s\S]*```sql[\s\S]*STRING\(36\)/);
    },

    "go to definition crosses files": async () => {
      const [place] = await ask("vscode.executeDefinitionProvider", at("users.id"));
      const target = await vscode.workspace.openTextDocument(place.targetUri ?? place.uri);
      assert.match(target.uri.path, /uploads\.orm$/);
      assert.equal(target.getText(place.targetSelectionRange ?? place.range), "users");
    },

    "references cross files": async () => {
      const places = await ask("vscode.executeReferenceProvider", at("users.id"));
      const files = new Set(places.map((it) => it.uri.path.split("/").at(-1)));
      assert.deepEqual([...files].sort(), ["drafts.orm", "queries.orm", "uploads.orm"]);
    },

    "the outline has the table and its columns": async () => {
      const [table] = await ask("vscode.executeDocumentSymbolProvider");
      assert.equal(table.name, "drafts");
      assert.deepEqual(table.children.map((it) => it.name), ["id", "owner_id", "body"]);
    },

    "completion offers types first behind the name of a column": async () => {
      const { items } = await ask("vscode.executeCompletionItemProvider", at("txet"));
      const labels = items.map((it) => it.label.label ?? it.label);
      assert.ok(labels.includes("timestamptz") && labels.includes("Visibility"), labels.join(" "));
    },

    "each type says behind its name what it is in the databases": async () => {
      const { items } = await ask("vscode.executeCompletionItemProvider", at("txet"));
      const timestamp = items.find((it) => it.label.label === "timestamptz");
      assert.equal(timestamp.label.description, "TIMESTAMP WITH TIME ZONE · TIMESTAMP");
    },

    "what leaves a place open shows what fits there": async () => {
      await replace(document, "txet", "text  @");
      const { items } = await ask("vscode.executeCompletionItemProvider", new vscode.Position(3, "  body  text  @".length), "@");
      const further = (label) => items.find((it) => (it.label.label ?? it.label) === label).command?.command;
      assert.equal(further("references"), "editor.action.triggerSuggest");
      assert.equal(further("unique"), undefined);
      await replace(document, "text  @", "txet");
    },

    "inlay hints show the types in both databases": () =>
      until(async () => (await ask("vscode.executeInlayHintProvider", whole())).map(text).some((it) => /UUID.*STRING\(36\)/.test(it))),

    "a lens counts references, and its command shows them": async () => {
      const schema = await vscode.workspace.openTextDocument(file("schema/uploads.orm"));
      const lenses = await until(async () => {
        const lenses = await vscode.commands.executeCommand("vscode.executeCodeLensProvider", schema.uri, 100);
        return lenses.some((it) => it.command?.command === "orm.showReferences") && lenses;
      });
      const above = lenses.filter((it) => schema.lineAt(it.range.start.line).text.startsWith("mixin Timestamps"));
      const lens = above.find((it) => it.command.command === "orm.showReferences");
      assert.equal(lens.command.title, "1 reference");
      await vscode.window.showTextDocument(schema);
      await vscode.commands.executeCommand(lens.command.command, ...lens.command.arguments);
      await vscode.commands.executeCommand("closeReferenceSearch");
    },

    "rename changes every file, and keeps the data of a table that was migrated": async () => {
      const edit = await ask("vscode.executeDocumentRenameProvider", at("users.id"), "people");
      const changed = Object.fromEntries(edit.entries().map(([it, edits]) => [it.path.split("/").at(-1), edits]));
      assert.deepEqual(Object.keys(changed).sort(), ["drafts.orm", "queries.orm", "uploads.orm"]);
      assert.deepEqual(changed["drafts.orm"].map((it) => [document.getText(it.range), it.newText]), [["users", "people"]]);
      assert.ok(changed["uploads.orm"].some((it) => it.newText.includes("@was(users)")));
      await assert.rejects(ask("vscode.executeDocumentRenameProvider", at("users.id"), "posts"), /posts/);
    },

    "a quick fix corrects the type": async () => {
      const range = errors(uri).find((it) => it.message.includes("txet")).range;
      const actions = await ask("vscode.executeCodeActionProvider", range, vscode.CodeActionKind.QuickFix.value);
      const fix = actions.find((it) => it.title.includes("text"));
      await vscode.workspace.applyEdit(fix.edit);
      assert.match(document.getText(), /body {2}text/);
      await until(() => errors(uri).length === 0);
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
      await replace(document, "text", "txet");
      await until(() => errors(uri).length === 1);
      await replace(document, "txet", "text");
      await document.save();
      await until(() => errors(uri).length === 0);
    },
  };
};

const text = ({ label }) => (typeof label === "string" ? label : label.map((it) => it.value).join(""));
