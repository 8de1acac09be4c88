// What other extensions and VS Code's own commands see of the extension.
const vscode = require("vscode");
const { commandChecks } = require("./commands");
const { featureChecks } = require("./features");
const { lifeChecks } = require("./life");
const { logChecks, readLog } = require("./log");
const { settingsChecks } = require("./settings");
const { file, tabs } = require("./support");

const BROKEN = "table drafts {\n      id uuid = uuid() @primary_key\n  owner_id  uuid  @references(users.id)\n  body  txet\n}\n";

/**
 * Runs every check, in order.
 *
 * @param {string} logFolder where this extension could write its log
 * @param {(results: object[], running?: string) => void} report told the results so far, `{ name, problem }` where a check
 *   that passed has no problem, and which check runs now: none at the end
 */
exports.run = async (logFolder, report) => {
  const uri = file("schema/drafts.orm");
  await vscode.workspace.fs.writeFile(uri, Buffer.from(BROKEN));
  const document = await vscode.workspace.openTextDocument(uri);
  const results = [];
  for (const [name, body] of Object.entries(allChecks(document, logFolder))) {
    report(results, name);
    results.push(await outcome(name, body));
  }
  await vscode.window.tabGroups.close(tabs("drafts.orm"));
  report(results);
};

/** Files stay when they are done: VS Code keeps them open for minutes, and what is open but not on disk is not saved. */
const allChecks = (document, logFolder) => ({
  ...featureChecks(document),
  ...commandChecks(document),
  ...logChecks(document, logFolder),
  ...settingsChecks(document),
  ...lifeChecks(document, () => readLog(logFolder)),
});

async function outcome(name, body) {
  try {
    await body();
    return { name };
  } catch (error) {
    return { name, problem: error.stack };
  }
}
