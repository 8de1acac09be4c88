// Settings: those of VS Code, and those of a project.
const assert = require("node:assert/strict");
const vscode = require("vscode");
const { errors, file, positionOf, replace, starts, tabs, until } = require("./support");

exports.settingsChecks = (document) => {
  const { uri } = document;
  const ask = (command, ...rest) => vscode.commands.executeCommand(command, ...rest);
  const whole = () => new vscode.Range(0, 0, document.lineCount, 0);
  const hasHints = async (part) => (await ask("vscode.executeInlayHintProvider", uri, whole())).some((it) => label(it).includes(part));
  const hasLenses = async (command) => (await ask("vscode.executeCodeLensProvider", uri, 100)).some((it) => it.command?.command === command);
  const completesIndexes = async () => {
    const { items } = await ask("vscode.executeCompletionItemProvider", uri, positionOf(document, "sers.id"), undefined, 100);
    return items.some((it) => it.additionalTextEdits?.some((edit) => edit.newText.includes("index(owner_id)")));
  };
  /** What each setting switches off, and whether it is there. */
  const switches = {
    "inlayHints.physicalTypes": () => hasHints("STRING(36)"),
    "lenses.references": () => hasLenses("orm.showReferences"),
    "lenses.migrations": () => hasLenses("orm.showMigration"),
    "completion.foreignKeyIndexes": completesIndexes,
  };
  const checks = Object.entries(switches).map(([name, isThere]) => [
    `orm.${name} switches off and on what it says, in the server that runs`,
    async () => {
      const before = starts();
      await until(isThere);
      const settings = vscode.workspace.getConfiguration("orm");
      await settings.update(name, false, true);
      await until(async () => !(await isThere()));
      await settings.update(name, undefined, true);
      await until(isThere);
      assert.equal(starts(), before, "it was started again");
    },
  ]);

  return {
    ...Object.fromEntries(checks),

    "an orm.toml counts as it is typed": async () => {
      const old = file("old/orm.toml");
      const schema = file("old/schema.orm");
      await vscode.workspace.fs.writeFile(old, Buffer.from('[targets]\npostgres = "18"\n'));
      await vscode.workspace.fs.writeFile(schema, Buffer.from("table notes {\n  id  uuid = uuid()  @primary_key\n}\n"));
      const notes = await vscode.workspace.openTextDocument(schema);
      const settings = await vscode.workspace.openTextDocument(old);
      assert.deepEqual(errors(schema), []);
      await replace(settings, '"18"', '"12"');
      const [error] = await until(() => errors(schema).length > 0 && errors(schema));
      assert.equal(notes.getText(error.range), "uuid()");
      assert.ok(settings.isDirty, "it was saved");
      await replace(settings, '"12"', "12, oops");
      await until(() => errors(old).length === 1);
      await replace(settings, "12, oops", '"18"');
      await until(() => errors(schema).length + errors(old).length === 0);
    },

    "an orm.toml is left to whoever formats and completes TOML": async () => {
      const old = file("old/orm.toml");
      await vscode.window.showTextDocument(old);
      const options = { tabSize: 2, insertSpaces: true };
      assert.deepEqual((await ask("vscode.executeFormatDocumentProvider", old, options)) ?? [], []);
      assert.equal((await ask("vscode.executeDocumentSymbolProvider", old)) ?? undefined, undefined);
      assert.deepEqual(await ask("vscode.executeCodeLensProvider", old), []);
      await ask("workbench.action.files.revert");
      await vscode.window.tabGroups.close(tabs("orm.toml"));
    },
  };
};

const label = ({ label: text }) => (typeof text === "string" ? text : text.map((it) => it.value).join(""));
