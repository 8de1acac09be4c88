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
import { suggestsFurther } from "./completion.ts";
import { Crashes } from "./crashes.ts";
import { CREATE_MIGRATION, SHOW_MIGRATION, SHOW_REFERENCES } from "./lens_commands.ts";
import { checkProgram, findServer, ProgramNotUsable } from "./server.ts";
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
  /** It ended by itself, and is started again in a moment. */
  | { kind: "crashed"; reason: string }
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
  private readonly crashes = new Crashes();
  private nextStart: NodeJS.Timeout | undefined;

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
    this.crashes.forget();
    return this.renew();
  }

  stop(): Promise<void> {
    return (this.pending = this.pending.then(() => this.end()));
  }

  dispose(): void {
    clearTimeout(this.nextStart);
    this.settings.dispose();
    this.changed.dispose();
    this.edited.dispose();
    this.log.dispose();
  }

  /** Asks the server something that the protocol does not know. */
  ask<T>(method: string, params: object): Promise<T> {
    if (this.client?.state !== ClientState.Running) throw new Error(`orm: ${headline(this.state)}`);
    return this.client.sendRequest<T>(method, params);
  }

  /** The program that is, or would be, the server. */
  program(): string {
    return findServer({
      setting: workspace.getConfiguration("orm").get("server.path", ""),
      folder: folderOnDisk(),
      bundled: this.context.asAbsolutePath("server/orm"),
    });
  }

  private renew(): Promise<void> {
    // One that was started and never answers would let nobody else start.
    if (this.state.kind === "starting") void this.client?.end();
    return (this.pending = this.pending.then(() => this.end()).then(() => this.start()));
  }

  private async start(): Promise<void> {
    const folder = folderOnDisk();
    // The server reads files from disk. Where there are none, there is nothing to start, and no reason to complain.
    if (workspace.workspaceFolders && !folder) return;
    this.enter({ kind: "starting" });
    try {
      await this.startProgram(this.program(), folder);
    } catch (error) {
      this.fail(messageOf(error), error instanceof ProgramNotUsable);
    }
  }

  private async startProgram(program: string, cwd: string | undefined): Promise<void> {
    this.log.info(`starting ${program} lsp`);
    const client = new Client("orm", "orm", { command: program, args: ["lsp"], options: { cwd } }, this.clientOptions());
    client.registerFeature(new SettingsFiles(client));
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      if (client.isUnwanted) return;
      await client.gone();
      await checkProgram(program);
      throw new Error(`the language server ${program} lsp does not start: ${client.ending ?? messageOf(error)}`);
    }
    client.onDidChangeState(({ newState }) => newState === ClientState.Stopped && void this.recover(client));
    this.welcome(program, client.initializeResult?.serverInfo?.version);
  }

  private async end(): Promise<void> {
    clearTimeout(this.nextStart);
    const { client } = this;
    this.client = undefined;
    this.enter({ kind: "stopped" });
    await client?.end();
  }

  /** The server answers. */
  private welcome(program: string, version: string | undefined): void {
    const mismatch = compare(this.version, version);
    this.log.info(`orm ${version ?? "of an unknown version"} answers`);
    this.enter({ kind: "ready", program, version, mismatch });
    if (mismatch) void this.warn(mismatch, version);
  }

  /** The server ended by itself: it is started again, unless it does so again and again. */
  private async recover(client: Client): Promise<void> {
    if (client.isUnwanted) return;
    await client.gone();
    if (client !== this.client) return;
    const reason = `the language server has ended by itself (${client.ending ?? "it made no sense any more"})`;
    const wait = this.crashes.count(Date.now());
    if (wait === undefined) {
      this.fail(`${reason}, ${Crashes.LIMIT} times in a few minutes. It is not started again until you do`, false);
      return;
    }
    this.log.error(reason);
    this.enter({ kind: "crashed", reason });
    this.nextStart = setTimeout(() => void this.renew(), wait);
  }

  private fail(reason: string, isProgram: boolean): void {
    this.log.error(reason);
    this.enter({ kind: "failed", reason });
    void this.explain(reason, isProgram);
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
        ...suggestsFurther,
        didChange: async (change, send) => {
          await send(change);
          this.edited.fire();
        },
      },
      initializationOptions: {
        commands: [CREATE_MIGRATION, SHOW_MIGRATION, SHOW_REFERENCES],
        ...Object.fromEntries(SERVER_OPTIONS.map((it) => [it, workspace.getConfiguration("orm").get(it)])),
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
  private async explain(reason: string, isProgram: boolean): Promise<void> {
    const [install, restart, log, settings] = ["How to install", "Restart", "Show log", "Open settings"];
    const choices = isProgram ? [install, settings] : [restart, log];
    const choice = await window.showErrorMessage(`orm: ${reason}`, ...choices);
    if (choice === install) await env.openExternal(INSTALL_GUIDE);
    if (choice === restart) await this.restart();
    if (choice === log) this.log.show();
    if (choice === settings) await openSettings();
  }
}

/** The state in a sentence. */
export function headline(state: State): string {
  switch (state.kind) {
    case "stopped":
      return "the language server does not run";
    case "starting":
      return "the language server starts";
    case "ready":
      return state.mismatch?.message ?? "the language server runs";
    case "crashed":
      return `${state.reason}, and is started again`;
    case "failed":
      return state.reason;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function openSettings(): Promise<void> {
  await commands.executeCommand("workbench.action.openSettings", "orm.server.path");
}

/** The first folder on disk: where the server starts, and relative paths too. */
function folderOnDisk(): string | undefined {
  return workspace.workspaceFolders?.find((it) => it.uri.scheme === "file")?.uri.fsPath;
}
