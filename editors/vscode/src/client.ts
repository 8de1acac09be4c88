// The language client, as far as it does not behave as the library has it.

import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  State,
  type DynamicFeature,
  type ErrorHandler,
  type MessageTransports,
  type StaticFeature,
} from "vscode-languageclient/node";

/** So many messages in a row that nobody understands are no accident: that is no server. */
const MOST_ERRORS = 3;

/** Milliseconds that a server has to end by itself. */
const GRACE = 2000;

/** A client of one server process, that lives once. */
export class Client extends LanguageClient {
  private process: ChildProcess | undefined;
  private unwanted = false;

  /** Whether it was told to end, so that its end is nothing to tell anybody. */
  get isUnwanted(): boolean {
    return this.unwanted;
  }

  /** How the process ended, in words; nothing where it runs, or had to be killed. */
  get ending(): string | undefined {
    const { exitCode, signalCode, killed } = this.process ?? {};
    if (killed) return undefined;
    return signalCode ? `signal ${signalCode}` : typeof exitCode === "number" ? `exit code ${exitCode}` : undefined;
  }

  /** Ends in whatever state it is. Settles when the process is gone: one that does not end by itself is killed. */
  async end(): Promise<void> {
    this.unwanted = true;
    const gone = this.gone();
    // One that is starting cannot be stopped.
    if (this.state === State.Starting) this.kill();
    // A process that has crashed, or does not answer, cannot be told to stop; either way it will be gone.
    else await this.dispose().catch(() => undefined);
    await gone;
  }

  /** Settles when the process is gone, by itself or not. */
  async gone(): Promise<void> {
    const { process } = this;
    if (!process || process.exitCode !== null || process.signalCode !== null) return;
    await once(process, "exit", { signal: AbortSignal.timeout(GRACE) }).catch(() => this.kill());
  }

  private kill(): void {
    this.process?.kill("SIGKILL");
  }

  /**
   * It leaves the commands of the server alone. Otherwise it would register them in VS Code under their names, which this
   * extension has for commands that ask the user before they have the server execute anything.
   */
  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    const isExecuteCommand = "registrationType" in feature && feature.registrationType.method === "workspace/executeCommand";
    if (!isExecuteCommand) super.registerFeature(feature);
  }

  /** What it would show in any case is that there is no server, which the session tells, with what can be done about it. */
  override error(message: string, data?: unknown, showNotification: boolean | "force" = true): void {
    super.error(message, data, showNotification === "force" ? false : showNotification);
  }

  /**
   * The client never starts a server again by itself. While it is about to do so, nobody could stop it, and whoever wants another
   * server in that moment gets two, each with its lenses.
   */
  override createDefaultErrorHandler(): ErrorHandler {
    return {
      error: (_error, _message, count = 0) => {
        if (count > MOST_ERRORS) this.kill();
        return { action: ErrorAction.Continue };
      },
      closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
    };
  }

  protected override async createMessageTransports(encoding: string): Promise<MessageTransports> {
    const transports = await super.createMessageTransports(encoding);
    this.process = this.serverProcess;
    if (this.unwanted) this.kill();
    return transports;
  }
}
