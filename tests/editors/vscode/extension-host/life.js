// The life of the language server: started, restarted, crashed, hung, or none at all.
const assert = require("node:assert/strict");
const { join } = require("node:path");
const vscode = require("vscode");
const { positionOf, servers, starts, tabs, until } = require("./support");

/** Programs that take the place of the server. */
const PROGRAMS = process.env.ORM_TEST_PROGRAMS;

exports.lifeChecks = (document, log) => {
  const { uri } = document;
  const run = (command, ...rest) => vscode.commands.executeCommand(command, ...rest);
  const restart = () => run("orm.restartServer");
  const hovers = () => run("vscode.executeHoverProvider", uri, positionOf(document, "drafts"));

  /** One server runs, and everything that it shows is there once. */
  const isAlone = async () => {
    await until(() => servers().length === 1);
    const lenses = await until(async () => {
      const all = (await run("vscode.executeCodeLensProvider", uri, 100)).filter((it) => it.command?.command === "orm.showReferences");
      return all.length > 0 && all;
    });
    const lines = lenses.map((it) => it.range.start.line);
    assert.deepEqual(lines, [...new Set(lines)], "two lenses in a line");
    assert.equal((await until(async () => (await hovers()).length > 0 && hovers())).length, 1);
    assert.equal(servers().length, 1);
  };
  const crash = () => servers().forEach((it) => process.kill(it, "SIGKILL"));
  /** Why the server does not run; empty while it does. */
  const refusal = () =>
    run("orm.explain", "ORM010").then(
      async () => (await vscode.window.tabGroups.close(tabs("ORM010"))) && "",
      (error) => error.message,
    );

  /** With another program in place of the server. */
  const withProgram = async (program, body) => {
    const settings = vscode.workspace.getConfiguration("orm");
    const usual = settings.get("server.path");
    await settings.update("server.path", program, true);
    try {
      await body();
    } finally {
      await settings.update("server.path", usual, true);
      await isAlone();
      await run("notifications.clearAll");
    }
  };

  return {
    "ten quick restarts leave one server, and one lens of each": async () => {
      const before = starts();
      await Promise.all(Array.from({ length: 10 }, restart));
      assert.equal(starts(), before + 10);
      await isAlone();
    },

    "a server that crashes is started again": async () => {
      await restart();
      const [before] = servers();
      crash();
      await until(() => servers().length === 1 && servers()[0] !== before);
      await isAlone();
    },

    "ten restarts just when the server crashes leave one server, and one lens of each": async () => {
      for (let round = 0; round < 10; round += 1) {
        crash();
        // Between nothing and so long that the crash is known, and another server is on its way.
        await new Promise((resume) => setTimeout(resume, 10 * round));
        await restart();
      }
      await isAlone();
    },

    "a server that crashes again and again is given up, until somebody starts it": async () => {
      await restart();
      const before = starts();
      for (let round = 0; round < 5; round += 1) {
        await until(async () => (await refusal()) === "");
        crash();
      }
      await until(async () => /5 times in a few minutes/.test(await refusal()));
      assert.match(await refusal(), /has ended by itself \(signal SIGKILL\)/);
      assert.equal(starts(), before + 4);
      await restart();
      await isAlone();
      await run("notifications.clearAll");
    },

    "a server that never answers keeps nobody from starting another one": async () => {
      const before = starts();
      await withProgram(join(PROGRAMS, "silent.sh"), () => until(() => starts() === before + 1 && servers().length === 1));
    },

    "a program that is no server is told": () =>
      withProgram("/bin/cat", () => until(async () => /\/bin\/cat is another program/.test(await refusal()))),

    "a folder in place of the program is told": () =>
      withProgram("${workspaceFolder}", () => until(async () => /no program at .*which is a folder/.test(await refusal()))),

    "what the server logs is in the log": () =>
      withProgram(join(PROGRAMS, "noisy.mjs"), async () => {
        // The server says it twice: to the client, and to standard error, which has a time of its own in front.
        await until(() => /^[^\n]*\[warning\] skips input that is no message/m.test(log()));
      }),
  };
};
