// Where the `orm` program is.

import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";

/** The program is not where the setting says, or nowhere on PATH. The message tells a user what to do. */
export class ServerNotFound extends Error {}

/**
 * The path of the `orm` program.
 *
 * @param setting the value of `orm.server.path`; empty: the program is looked up on PATH
 * @param folder the workspace folder, where relative paths start
 * @throws {ServerNotFound} when there is no such program
 */
export function findServer(setting: string, folder: string | undefined): string {
  return setting === "" ? findOnPath() : findAt(expand(setting, folder), setting);
}

function findOnPath(): string {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const found = folders.flatMap((it) => executablesAt(join(it, "orm")))[0];
  if (found) return found;
  throw new ServerNotFound(
    "the program `orm` is not on PATH, so there are no diagnostics and no hovers. " +
      "Install it, or name it in the setting orm.server.path.",
  );
}

function findAt(path: string, setting: string): string {
  const found = executablesAt(path)[0];
  if (found) return found;
  throw new ServerNotFound(
    `the setting orm.server.path is "${setting}", but there is no program at ${path}. ` +
      "Correct the setting, or clear it to use the `orm` on PATH.",
  );
}

function expand(setting: string, folder: string | undefined): string {
  const path = setting.replace(/^~(?=$|[\\/])/, homedir()).replaceAll("${workspaceFolder}", folder ?? "");
  return resolve(folder ?? homedir(), path);
}

/** `path` itself or, on Windows, `path` with `.exe`: those that can be run. */
function executablesAt(path: string): string[] {
  const names = process.platform === "win32" ? [path, `${path}.exe`] : [path];
  return names.filter(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
