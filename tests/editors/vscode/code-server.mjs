// A real VS Code: code-server with its own settings, extensions and workspace, in a folder that goes away.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "../support.mjs";

const PROGRAM = fileURLToPath(new URL("../node_modules/code-server/out/node/entry.js", import.meta.url));

/** Quiet: nothing pops up that the tests did not ask for. */
const SETTINGS = {
  "chat.disableAIFeatures": true,
  "editor.accessibilitySupport": "off",
  "editor.hover.delay": 100,
  "editor.minimap.enabled": false,
  "editor.padding.top": 60,
  "editor.quickSuggestions": false,
  "editor.wordBasedSuggestions": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "window.commandCenter": false,
  "update.mode": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

/**
 * Starts VS Code on a copy of `project`.
 *
 * @param {{ project: string, vsix: string[], machine: object, settings?: object, environment: object, log: string }} options
 *   what is opened, the extensions, the settings of the machine and of the user, variables for the server side, a file for its output
 */
export async function startVsCode({ project, vsix, machine, settings, environment, log }) {
  const folder = mkdtempSync(join(tmpdir(), "orm-vscode-"));
  const workspace = join(folder, "uploads");
  cpSync(project, workspace, { recursive: true, filter: (it) => !it.endsWith("/.orm") });
  write(join(folder, "data/User/settings.json"), { ...SETTINGS, ...settings });
  // Where a program is, is a setting of the machine: a remote VS Code reads it from there only.
  write(join(folder, "data/Machine/settings.json"), machine);

  const env = { ...process.env, ...environment, XDG_CONFIG_HOME: join(folder, "config") };
  const places = ["--user-data-dir", join(folder, "data"), "--extensions-dir", join(folder, "extensions")];
  const output = openSync(log, "w");
  const stdio = ["ignore", output, output];
  execFileSync(process.execPath, [PROGRAM, ...places, ...vsix.flatMap((it) => ["--install-extension", it])], { env, stdio });

  const port = await freePort();
  const quiet = ["--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"];
  const listen = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`];
  // Not detached: who ends this suite's process group ends VS Code with it.
  const server = spawn(process.execPath, [PROGRAM, ...listen, ...quiet, ...places, workspace], { env, stdio });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const stop = async () => {
    server.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    await until("VS Code answers", async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok);
  } catch (error) {
    await stop();
    throw error;
  }
  return { folder, workspace, stop, url: (file) => url(port, workspace, file) };
}

function write(file, settings) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(settings));
}

/** The address that opens the workspace, with one file shown or none. */
function url(port, workspace, file) {
  if (!file) return `http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`;
  const payload = JSON.stringify([["openFile", `vscode-remote://127.0.0.1:${port}${workspace}/${file}`]]);
  return `http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(payload)}`;
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
