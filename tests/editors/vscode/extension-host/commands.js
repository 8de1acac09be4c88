// The commands of the extension, and its task.
const assert = require("node:assert/strict");
const { spawnSync } = require("node:child_process");
const vscode = require("vscode");
const { errors, file, positionOf, replace, tabs, until } = require("./support");

exports.commandChecks = (document) => {
  const { uri } = document;
  const run = (command, ...rest) => vscode.commands.executeCommand(command, ...rest);
  const shown = (scheme) => vscode.window.visibleTextEditors.filter((it) => it.document.uri.scheme === scheme);
  const select = async (text) => {
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    const position = positionOf(document, text);
    editor.selection = new vscode.Selection(position, position);
  };

  return {
    // Without its native parts code-server runs no terminal, hence no task; what the task would run is run here.
    "the task checks the project, and its matcher finds the place": async () => {
      await replace(document, "text", "txet");
      await document.save();
      const error = await until(() => errors(uri)[0]);
      const [task] = await vscode.tasks.fetchTasks({ type: "orm" });
      assert.equal(task.group?.id, vscode.TaskGroup.Build.id);
      assert.deepEqual(task.problemMatchers, ["$orm"]);
      const { process: program, args, options } = task.execution;
      const { status, stdout } = spawnSync(program, args, { ...options, encoding: "utf8" });
      assert.equal(status, 1);
      assert.deepEqual(matched(stdout), [
        ["error", error.code.value, "schema/drafts.orm", error.range.start.line + 1, error.range.start.character + 1],
      ]);
      await replace(document, "txet", "text");
      await document.save();
      await until(() => errors(uri).length === 0);
    },

    "the DDL preview shows both databases, and follows the cursor and the edits": async () => {
      await select("drafts");
      await run("orm.previewDdl");
      const [postgres, spanner] = await until(() => shown("orm-ddl").length === 2 && shown("orm-ddl"));
      assert.equal(vscode.window.activeTextEditor.document.uri.toString(), uri.toString());
      assert.deepEqual([postgres, spanner].map((it) => it.document.languageId), ["sql", "sql"]);
      assert.match(postgres.document.getText(), /CREATE TABLE "drafts"/);
      assert.match(spanner.document.getText(), /CREATE TABLE drafts/);
      await replace(document, "body", "summary");
      await until(() => postgres.document.getText().includes('"summary" TEXT'));
      await until(() => spanner.document.getText().includes("summary STRING(MAX)"));
      await select("summary");
      const line = spanner.document.positionAt(spanner.document.getText().indexOf("summary")).line;
      await until(() => spanner.visibleRanges.some((it) => it.start.line <= line && line <= it.end.line));
      await replace(document, "summary", "body");
      await document.save();
      await vscode.window.tabGroups.close(tabs(".sql"));
    },

    "the syntax tree is of what the cursor is in, and follows it": async () => {
      await select("body");
      await run("orm.showSyntaxTree");
      const [tree] = await until(() => shown("orm-syntax").length === 1 && shown("orm-syntax"));
      assert.match(tree.document.getText(), /table_declaration/);
      const schema = await vscode.workspace.openTextDocument(file("schema/uploads.orm"));
      const editor = await vscode.window.showTextDocument(schema, vscode.ViewColumn.One);
      const position = positionOf(schema, "Visibility :");
      editor.selection = new vscode.Selection(position, position);
      await until(() => tree.document.getText().includes("enum_declaration"));
      await vscode.window.tabGroups.close(tabs("Syntax tree"));
    },

    "explain shows the page of a code": async () => {
      await run("orm.explain", "ORM010");
      await until(() => tabs("ORM010").length === 1);
      await vscode.window.tabGroups.close(tabs("ORM010"));
    },

    "create migration writes it and opens it": async () => {
      await run("orm.createMigration", { textDocument: { uri: uri.toString() }, name: "drafts" });
      const editor = await until(() => vscode.window.visibleTextEditors.find((it) => it.document.uri.path.endsWith("drafts.sql")));
      assert.match(editor.document.getText(), /CREATE TABLE "drafts"/);
      const migrations = file("orm-migrations");
      assert.equal((await vscode.workspace.fs.readDirectory(migrations)).length, 2);
      await vscode.window.tabGroups.close(tabs("drafts.sql"));
      await vscode.workspace.fs.delete(editor.document.uri);
    },

    "a lens shows the next migration": async () => {
      const lens = await until(async () => {
        const lenses = await run("vscode.executeCodeLensProvider", uri, 100);
        return lenses.find((it) => it.command?.command === "orm.showMigration" && it.range.start.line === 0);
      });
      assert.match(lens.command.title, /PostgreSQL: .*Spanner: /);
      await run(lens.command.command, ...lens.command.arguments);
      const texts = await until(() => shown("orm-migration").length > 0 && shown("orm-migration"));
      assert.match(texts[0].document.getText(), /CREATE TABLE "drafts"/);
      await vscode.window.tabGroups.close(tabs("Next migration"));
    },

    "explain knows the finding under the cursor": async () => {
      await replace(document, "text", "txet");
      await until(() => errors(uri).length === 1);
      await select("txet");
      await run("orm.explain");
      await until(() => tabs("ORM010").length === 1);
      await vscode.window.tabGroups.close(tabs("ORM010"));
      await replace(document, "txet", "text");
      await document.save();
    },

    "the server can be restarted": async () => {
      await run("orm.restartServer");
      const hovers = await until(async () => {
        const hovers = await run("vscode.executeHoverProvider", uri, positionOf(document, "drafts"));
        return hovers.length > 0 && hovers;
      });
      assert.equal(hovers.length, 1, "the old server still answers");
    },
  };
};

/** What the problem matcher of the extension reads in an output. */
function matched(output) {
  const { packageJSON } = vscode.extensions.getExtension("orm-lang.orm");
  const [finding, place] = packageJSON.contributes.problemPatterns[0].patterns.map((it) => ({ ...it, regexp: new RegExp(it.regexp) }));
  const lines = output.split("\n");
  return lines.flatMap((line, index) => {
    const [found, where] = [finding.regexp.exec(line), place.regexp.exec(lines[index + 1] ?? "")];
    if (!found || !where) return [];
    const [file, row, column] = [where[place.file], Number(where[place.line]), Number(where[place.column])];
    return [[found[finding.severity], found[finding.code], file, row, column]];
  });
}
