// Where the `orm` program is, and whether it is one.

import { execFile } from "node:child_process";
import { accessSync, constants, statSync, type Stats } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";

/** The program is not where the setting says, or nowhere, or is none. The message tells a user what to do. */
export class ProgramNotUsable extends Error {}

/** Where a program may be. */
export interface Places {
  /** The value of `orm.server.path`; empty: the other places are tried. */
  setting: string;
  /** The workspace folder, where relative paths start. */
  folder: string | undefined;
  /** The program that a package for one platform brings, whether or not this package does. */
  bundled: string;
}

const CORRECT = "Correct the setting orm.server.path, or clear it to use the `orm` on PATH.";

/** Milliseconds that a program has to say its version. */
const PATIENCE = 5000;

/**
 * The path of the `orm` program: what the setting names, else the one in the extension, else the first on PATH.
 *
 * @throws {ProgramNotUsable} when there is none
 */
export function findServer({ setting, folder, bundled }: Places): string {
  if (setting.trim() !== "") return findAt(expand(setting.trim(), folder), setting);
  return executablesAt(bundled)[0] ?? findOnPath();
}

/**
 * Looks into why a program does not work as a language server: it is asked for its version.
 *
 * @throws {ProgramNotUsable} when it cannot be run on this machine, or is another program
 */
export async function checkProgram(program: string): Promise<void> {
  try {
    const { stdout } = await promisify(execFile)(program, ["--version"], { timeout: PATIENCE });
    if (/^orm \d/.test(stdout)) return;
  } catch (error) {
    const { message, stderr } = error as Error & { stderr?: string };
    const reason = (stderr || message).trim().split("\n", 1)[0];
    throw new ProgramNotUsable(
      `${program} cannot be run: ${reason}. Is it an \`orm\` for this machine (${process.platform} ${process.arch})? ${CORRECT}`,
    );
  }
  throw new ProgramNotUsable(`${program} is another program: \`${program} --version\` does not say "orm" and a version. ${CORRECT}`);
}

function findOnPath(): string {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const found = folders.flatMap((it) => executablesAt(join(it, "orm")))[0];
  if (found) return found;
  throw new ProgramNotUsable(
    "the program `orm` is not on PATH, so there are no diagnostics and no hovers. " +
      "Install it, or name it in the setting orm.server.path.",
  );
}

function findAt(path: string, setting: string): string {
  const found = executablesAt(path)[0];
  if (found) return found;
  const stat = statAt(path);
  const place = path === setting ? path : `${path} (${setting})`;
  if (stat?.isFile()) throw new ProgramNotUsable(`${place} may not be executed. \`chmod +x\` allows it; or: ${CORRECT}`);
  throw new ProgramNotUsable(`there is no program at ${place}${stat ? ", which is a folder" : ""}. ${CORRECT}`);
}

/** A path as settings write it: `~`, and the variables of VS Code that mean something before any file is open. */
function expand(setting: string, folder: string | undefined): string {
  const variables: Record<string, string | undefined> = { workspaceFolder: folder, userHome: homedir() };
  const path = setting
    .replace(/^~(?=$|[\\/])/, homedir())
    .replaceAll(/\$\{(env:)?(\w+)\}/g, (written, env, name) => (env ? process.env[name] ?? "" : variables[name] ?? written));
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
    return statAt(path)?.isFile() ?? false;
  } catch {
    return false;
  }
}

function statAt(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
