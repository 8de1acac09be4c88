// One language server: it is found, started, watched and restarted.

import {
  commands,
  env,
  EventEmitter,
  Uri,
  window,
  workspace,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
} from "vscode";
import { State as ClientState, type LanguageClientOptions } from "vscode-languageclient/node";
import { Client } from "./client.ts";
import { CREATE_MIGRATION, SHOW_MIGRATION, SHOW_REFERENCES } from "./lens_commands.ts";
import { findServer, ServerNotFound } from "./server.ts";
import { SettingsFiles } from "./settings_files.ts";
import { traceInto } from "./trace.ts";
import { compare, type Mismatch } from "./versions.ts";

const INSTALL_GUIDE = Uri.parse("https://github.com/orm-lang/orm#use-it");

/** The settings that the server gets when it starts. It asks for them again when one of them changes. */
const SERVER_OPTIONS = ["completion", "inlayHints", "lenses"];

/** What the server does. */
export type State =
  | { kind: "stopped" }
  | { kind: "starting" }
  | { kind: "ready"; program: string; version: string | undefined; mismatch: Mismatch | undefined }
  | { kind: "failed"; reason: string };

export class Session implements Disposable {
  readonly log: LogOutputChannel;
  /** The version of this extension. */
  readonly version: string;
  state: State = { kind: "stopped" };
  client: Client | undefined;

  private readonly context: ExtensionContext;
  private readonly changed = new EventEmitter<State>();
  readonly onDidChangeState = this.changed.event;
  private readonly edited = new EventEmitter<void>();
  /** The server was told of an edit: what it is asked from now on, it answers for the new text. */
  readonly onDidSendEdit = this.edited.event;
  /** Starts and stops run one after the other, so that two quick restarts never leave two servers behind. */
  private pending: Promise<void> = Promise.resolve();
  private readonly settings: Disposable;

  constructor(context: ExtensionContext) {
    this.context = context;
    this.version = context.extension.packageJSON.version;
    this.log = window.createOutputChannel("orm", { log: true });
    this.settings = workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("orm.server.path")) void this.restart();
    });
  }

  /** Also the first start. Settles when the server answers, or when it is told why there is none. */
  restart(): Promise<void> {
    return (this.pending = this.pending.then(() => this.end()).then(() => this.start()));
  }

  stop(): Promise<void> {
    return (this.pending = this.pending.then(() => this.end()));
  }

  dispose(): void {
    this.settings.dispose();
    this.changed.dispose();
    this.edited.dispose();
    this.log.dispose();
  }

  /** Asks the server something that the protocol does not know. */
  ask<T>(method: string, params: object): Promise<T> {
    if (this.client?.state !== ClientState.Running) throw new Error("the language server does not run");
    return this.client.sendRequest<T>(method, params);
  }

  /** The program that is, or would be, the server. */
  program(): string {
    return findServer({
      setting: workspace.getConfiguration("orm").get("server.path", ""),
      folder: folderOfWorkspace(),
      bundled: this.context.asAbsolutePath("server/orm"),
    });
  }

  private async start(): Promise<void> {
    this.enter({ kind: "starting" });
    try {
      const program = this.program();
      this.log.info(`starting ${program} lsp`);
      const run = { command: program, args: ["lsp"], options: { cwd: folderOfWorkspace() } };
      const client = new Client("orm", "orm", run, this.clientOptions());
      client.registerFeature(new SettingsFiles(client));
      this.client = client;
      client.onDidChangeState(({ newState }) => this.follow(client, program, newState));
      await client.start();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.log.error(error instanceof Error ? error : reason);
      this.enter({ kind: "failed", reason });
      void this.explain(reason, error instanceof ServerNotFound);
    }
  }

  private async end(): Promise<void> {
    const ending = this.client;
    this.client = undefined;
    this.enter({ kind: "stopped" });
    // A server that crashed or never came up rejects the request to stop; either way it is gone.
    await ending?.dispose().catch(() => undefined);
  }

  /** The client starts a server that crashed again by itself, and gives up when that happens too often. */
  private follow(client: Client, program: string, now: ClientState): void {
    if (client !== this.client) return;
    if (now === ClientState.Starting) this.enter({ kind: "starting" });
    if (now === ClientState.Stopped) this.enter({ kind: "failed", reason: "the language server has ended" });
    if (now !== ClientState.Running) return;
    const version = client.initializeResult?.serverInfo?.version;
    const mismatch = compare(this.version, version);
    this.log.info(`orm ${version ?? "of an unknown version"} answers`);
    this.enter({ kind: "ready", program, version, mismatch });
    if (mismatch) void this.warn(mismatch, version);
  }

  private clientOptions(): LanguageClientOptions {
    return {
      documentSelector: [{ scheme: "file", language: "orm" }],
      // The name that the problem matcher `$orm` has as its owner: what a task finds replaces the same finding of the server.
      diagnosticCollectionName: "orm",
      // The client asks for diagnostics, and would do so for a document that was opened only.
      diagnosticPullOptions: { onChange: true },
      outputChannel: this.log,
      traceOutputChannel: traceInto(this.log),
      middleware: {
        didChange: async (change, send) => {
          await send(change);
          this.edited.fire();
        },
      },
      synchronize: { fileEvents: workspace.createFileSystemWatcher("**/{*.orm,*.sql,orm.toml}") },
      // A server that crashed is started again with what the settings say then.
      initializationOptions: () => {
        const settings = workspace.getConfiguration("orm");
        return {
          commands: [CREATE_MIGRATION, SHOW_MIGRATION, SHOW_REFERENCES],
          ...Object.fromEntries(SERVER_OPTIONS.map((it) => [it, settings.get(it)])),
        };
      },
    };
  }

  private enter(state: State): void {
    this.state = state;
    this.changed.fire(state);
  }

  /** Says that the versions do not fit: once for each pair of versions, since a user may have reasons. */
  private async warn({ message, older }: Mismatch, version: string | undefined): Promise<void> {
    this.log.warn(message);
    const pair = `${this.version} ${version}`;
    if (this.context.globalState.get("mismatch") === pair) return;
    void this.context.globalState.update("mismatch", pair);
    const update = older === "server" ? "How to update" : "Show extension";
    const choice = await window.showWarningMessage(`orm: ${message}`, update, "Open settings");
    if (choice === "Open settings") await openSettings();
    if (choice !== update) return;
    if (older === "server") await env.openExternal(INSTALL_GUIDE);
    else await commands.executeCommand("extension.open", this.context.extension.id);
  }

  /** Shows why there is no language server, with what a user can do about it. */
  private async explain(reason: string, isMissing: boolean): Promise<void> {
    const first = isMissing ? "How to install" : "Show log";
    const choice = await window.showErrorMessage(`orm: ${reason}`, first, "Open settings");
    if (choice === "How to install") await env.openExternal(INSTALL_GUIDE);
    if (choice === "Show log") this.log.show();
    if (choice === "Open settings") await openSettings();
  }
}

async function openSettings(): Promise<void> {
  await commands.executeCommand("workbench.action.openSettings", "orm.server.path");
}

/** The first folder on disk: where the server starts, and relative paths too. */
function folderOfWorkspace(): string | undefined {
  return workspace.workspaceFolders?.find((it) => it.uri.scheme === "file")?.uri.fsPath;
}
