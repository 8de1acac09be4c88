// Where the `orm` program is.

import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";

/** The program is not where the setting says, or nowhere. The message tells a user what to do. */
export class ServerNotFound extends Error {}

/** Where a program may be. */
export interface Places {
  /** The value of `orm.server.path`; empty: the other places are tried. */
  setting: string;
  /** The workspace folder, where relative paths start. */
  folder: string | undefined;
  /** The program that a package for one platform brings, whether or not this package does. */
  bundled: string;
}

/**
 * The path of the `orm` program: what the setting names, else the one in the extension, else the first on PATH.
 *
 * @throws {ServerNotFound} when there is none
 */
export function findServer({ setting, folder, bundled }: Places): string {
  if (setting !== "") return findAt(expand(setting, folder), setting);
  return executablesAt(bundled)[0] ?? findOnPath();
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
