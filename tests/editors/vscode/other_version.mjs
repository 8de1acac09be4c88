#!/usr/bin/env node
// The language server, but for its version: 9 in place of 0. Whoever starts this talks to a server that is newer than it.
import { spawn } from "node:child_process";

const server = spawn(process.env.ORM_BIN, process.argv.slice(2), { stdio: ["pipe", "pipe", "inherit"] });
process.stdin.pipe(server.stdin);
let start = "";
server.stdout.on("data", function first(bytes) {
  start += bytes.toString("latin1");
  const changed = start.replace(/"serverInfo":\{[^}]*\}/, (info) => info.replace('"version":"0.', '"version":"9.'));
  if (changed === start) return;
  process.stdout.write(Buffer.from(changed, "latin1"));
  server.stdout.off("data", first);
  server.stdout.pipe(process.stdout);
});
server.on("exit", (code) => process.exit(code ?? 1));
