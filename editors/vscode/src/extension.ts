// The VS Code side of the orm language server.

import { commands, env, Uri, type ExtensionContext } from "vscode";
import { registerExplanation } from "./explanation.ts";
import { registerMigrations } from "./migration.ts";
import { registerPreview } from "./preview.ts";
import { registerProject } from "./project.ts";
import { registerReferences } from "./references.ts";
import { Session } from "./session.ts";
import { showStatus } from "./status.ts";
import { registerSyntaxTree } from "./syntax_tree.ts";
import { registerTasks } from "./tasks.ts";
import { registerWalkthrough } from "./walkthrough.ts";

const DOCUMENTATION = Uri.parse("https://github.com/orm-lang/orm/blob/main/docs/README.md");

let session: Session | undefined;

/** Called by VS Code when the first `.orm` file or the walkthrough opens, or in a workspace that has an `orm.toml`. */
export function activate(context: ExtensionContext): Promise<void> {
  const started = new Session(context);
  session = started;
  context.subscriptions.push(
    started,
    showStatus(started),
    registerReferences(started),
    registerExplanation(started),
    registerMigrations(started),
    registerPreview(started),
    registerProject(started),
    registerSyntaxTree(started),
    registerTasks(started),
    registerWalkthrough(started),
    commands.registerCommand("orm.restartServer", () => started.restart()),
    commands.registerCommand("orm.showLog", () => started.log.show()),
    commands.registerCommand("orm.openDocs", () => env.openExternal(DOCUMENTATION)),
  );
  return started.restart();
}

/** Called by VS Code on shutdown, and when the extension is disabled. */
export async function deactivate(): Promise<void> {
  await session?.stop();
}
