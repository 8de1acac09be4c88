// The log of the extension, which has what the server tells of its work.
const assert = require("node:assert/strict");
const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const vscode = require("vscode");
const { positionOf, tabs, until } = require("./support");

/** What the log of the language server says, which is beside the log of this extension. */
exports.readLog = (logFolder) => {
  const file = join(logFolder, "../orm-lang.orm/orm.log");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};

exports.logChecks = (document, logFolder) => {
  const log = () => exports.readLog(logFolder);
  const count = (part) => log().split(part).length - 1;
  const hover = () => vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, positionOf(document, "drafts"));
  const trace = (value) => vscode.workspace.getConfiguration("orm").update("trace.server", value, true);
  /** What is told of a hover: by the client, and by the server. */
  const [sent, done] = ["Sending request 'textDocument/hover", /^.*\] (?!.*(Sending|Received)).*textDocument\/hover/m];

  return {
    "the log says which program was started, and which version answers": async () => {
      await until(() => /starting \S+ lsp/.test(log()) && /orm \d+\.\d+\.\d+ answers/.test(log()));
    },

    "orm.trace.server writes what client and server do into the log, and stops": async () => {
      await hover();
      assert.equal(count(sent), 0);
      await trace("messages");
      await until(async () => (await hover()) && count(sent) > 0 && done.test(log()));
      await trace("off");
      await vscode.commands.executeCommand("orm.explain", "ORM010");
      const before = count(sent);
      await hover();
      // What is written later comes later.
      await trace("messages");
      await vscode.commands.executeCommand("orm.explain", "ORM011");
      await until(() => count("Sending request 'orm/explain") > 0);
      assert.equal(count(sent), before);
      await trace(undefined);
      await vscode.window.tabGroups.close(tabs("ORM01"));
    },
  };
};
