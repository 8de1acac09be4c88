// A first project: `orm init` in a folder of the workspace.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { commands, Uri, window, workspace, type Disposable } from "vscode";
import type { Session } from "./session.ts";

export function registerProject(session: Session): Disposable {
  return commands.registerCommand("orm.createProject", () => createProject(session));
}

async function createProject(session: Session): Promise<void> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    const open = "Open folder";
    const choice = await window.showInformationMessage("orm: a project is a folder. Open one first.", open);
    if (choice === open) await commands.executeCommand("vscode.openFolder");
    return;
  }
  const folder = folders.length === 1 ? folders[0] : await window.showWorkspaceFolderPick({ placeHolder: "Where the project starts" });
  if (!folder) return;
  try {
    const { stdout } = await promisify(execFile)(session.program(), ["init"], { cwd: folder.uri.fsPath });
    session.log.info(stdout);
    await window.showTextDocument(Uri.joinPath(folder.uri, "schema/app.orm"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    session.log.error(reason);
    await window.showErrorMessage(`orm: the project could not be created: ${reason}`);
  }
}
