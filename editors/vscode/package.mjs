// Packages the extension: node package.mjs --out FILE [--target PLATFORM --server PROGRAM]
//   --out FILE         the .vsix to write
//   --target PLATFORM  such as linux-x64, darwin-arm64, win32-x64: the only platform that may install it
//   --server PROGRAM   the `orm` of that platform, which the package brings
// The same commit gives the same bytes.
import { execFileSync } from "node:child_process";
import { copyFileSync, chmodSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";

const HERE = import.meta.dirname;
const STAGED = join(HERE, "server");

const text = { type: "string" };
const { out, target, server } = parseArgs({ options: { out: text, target: text, server: text } }).values;
if (!out) throw new Error("--out FILE is needed");
if (!target !== !server) throw new Error("--target and --server go together: a program runs on one platform");

try {
  rmSync(STAGED, { recursive: true, force: true });
  if (server) stage(server, target);
  mkdirSync(dirname(resolve(out)), { recursive: true });
  const platform = target ? ["--target", target] : [];
  vsce(["package", "--no-dependencies", "--out", resolve(out), ...platform]);
} finally {
  rmSync(STAGED, { recursive: true, force: true });
}

/** Puts the program where the extension looks for it. */
function stage(program, target) {
  const staged = join(STAGED, target.startsWith("win32") ? "orm.exe" : "orm");
  mkdirSync(STAGED);
  copyFileSync(program, staged);
  chmodSync(staged, 0o755);
}

function vsce(args) {
  const entry = join(HERE, "node_modules/@vscode/vsce/vsce");
  const env = { ...process.env, SOURCE_DATE_EPOCH: process.env.SOURCE_DATE_EPOCH ?? timeOfCommit() };
  execFileSync(process.execPath, [entry, ...args], { cwd: HERE, env, stdio: "inherit" });
}

/** Seconds since 1970; without git the beginning of the format's time. */
function timeOfCommit() {
  try {
    return execFileSync("git", ["log", "-1", "--format=%ct"], { cwd: HERE, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return String(Date.UTC(1980, 0, 1) / 1000);
  }
}
