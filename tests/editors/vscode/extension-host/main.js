// Starts the checks once VS Code is up, and leaves their results in the file that ORM_TEST_RESULT names.
const { existsSync, renameSync, writeFileSync } = require("node:fs");
const vscode = require("vscode");
const { run } = require("./checks");

exports.activate = (context) => {
  const register = (command, run) => context.subscriptions.push(vscode.commands.registerCommand(`ormTests.${command}`, run));
  const settings = () => vscode.workspace.getConfiguration("orm");
  register("misplaceServer", () => settings().update("server.path", "/nowhere/orm", true));
  register("otherServer", () => settings().update("server.path", process.env.ORM_OTHER_VERSION, true));
  register("switch", async () => {
    for (const name of ["inlayHints.physicalTypes", "lenses.references"]) {
      await settings().update(name, settings().get(name) ? false : undefined, true);
    }
  });
  register("restart", async () => {
    await vscode.commands.executeCommand("orm.restartServer");
    vscode.window.showInformationMessage("The server was restarted");
  });
  register("openWalkthrough", () => vscode.commands.executeCommand("workbench.action.openWalkthrough", "orm-lang.orm#start"));
  const file = process.env.ORM_TEST_RESULT;
  // A window that is loaded again has nothing to check.
  if (!file || existsSync(file)) return;
  run(context.logUri.fsPath, (results, running) => {
    writeFileSync(`${file}.part`, JSON.stringify({ results, running }));
    renameSync(`${file}.part`, file);
  });
};
