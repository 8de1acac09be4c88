// The VS Code side of the orm language server: it finds the `orm` program, starts `orm lsp` and restarts it.

import { commands, env, Uri, window, workspace, type ExtensionContext, type LogOutputChannel } from "vscode";
import { LanguageClient, type LanguageClientOptions, type Location, type Position } from "vscode-languageclient/node";
import { findServer, ServerNotFound } from "./server.ts";

const INSTALL_GUIDE = Uri.parse("https://github.com/orm-lang/orm#readme");

/** What a code lens of the server calls. */
const SHOW_REFERENCES = "orm.showReferences";

let client: LanguageClient | undefined;
/** Starts and stops run one after the other, so that two quick restarts never leave two servers behind. */
let pending: Promise<void> = Promise.resolve();

/** Called by VS Code when the first `.orm` file opens, or in a workspace that has an `orm.toml`. */
export function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel("orm", { log: true });
  const restart = () => (pending = pending.then(stop).then(() => start(output)));
  context.subscriptions.push(
    output,
    commands.registerCommand("orm.restartServer", restart),
    commands.registerCommand(SHOW_REFERENCES, showReferences),
    workspace.onDidChangeConfiguration((change) => {
      const restarts = ["orm.server.path", "orm.inlayHints"];
      if (restarts.some((it) => change.affectsConfiguration(it))) void restart();
    }),
  );
  return restart();
}

/** Called by VS Code on shutdown, and when the extension is disabled. */
export function deactivate(): Promise<void> {
  return (pending = pending.then(stop));
}

async function start(output: LogOutputChannel): Promise<void> {
  const folder = workspace.workspaceFolders?.find((it) => it.uri.scheme === "file")?.uri.fsPath;
  try {
    const setting = workspace.getConfiguration("orm").get<string>("server.path", "");
    const command = findServer(setting, folder);
    output.info(`starting ${command} lsp`);
    client = new LanguageClient("orm", "orm", { command, args: ["lsp"], options: { cwd: folder } }, clientOptions(output));
    await client.start();
  } catch (error) {
    output.error(error instanceof Error ? error : String(error));
    void explain(error, output);
  }
}

async function stop(): Promise<void> {
  const stopping = client;
  client = undefined;
  // A server that crashed or never came up rejects the request to stop; either way it is gone.
  await stopping?.dispose().catch(() => undefined);
}

function clientOptions(outputChannel: LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: [{ scheme: "file", language: "orm" }],
    outputChannel,
    synchronize: { fileEvents: workspace.createFileSystemWatcher("**/{*.orm,*.sql,orm.toml}") },
    initializationOptions: {
      commands: [SHOW_REFERENCES],
      inlayHints: workspace.getConfiguration("orm").get("inlayHints"),
    },
  };
}

/** Shows the places that a code lens counted; they come as the protocol writes them. */
async function showReferences(uri: string, position: Position, locations: Location[]): Promise<void> {
  if (!client) return;
  const { protocol2CodeConverter: convert } = client;
  const places = locations.map((it) => convert.asLocation(it));
  await commands.executeCommand("editor.action.showReferences", Uri.parse(uri), convert.asPosition(position), places);
}

/** Shows why there is no language server, with what a user can do about it. */
async function explain(error: unknown, output: LogOutputChannel): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  const install = "How to install";
  const settings = "Open settings";
  const log = "Show log";
  const choices = error instanceof ServerNotFound ? [install, settings] : [log, settings];
  const choice = await window.showErrorMessage(`orm: ${reason}`, ...choices);
  if (choice === install) await env.openExternal(INSTALL_GUIDE);
  if (choice === settings) await commands.executeCommand("workbench.action.openSettings", "orm.server.path");
  if (choice === log) output.show();
}
