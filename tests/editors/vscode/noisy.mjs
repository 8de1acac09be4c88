#!/usr/bin/env node
// The language server, told something that is no message once it runs: it logs that.
import { spawn } from "node:child_process";

const server = spawn(process.env.ORM_BIN, process.argv.slice(2), { stdio: ["pipe", "inherit", "inherit"] });
let rest = Buffer.alloc(0);
process.stdin.on("data", (bytes) => {
  rest = Buffer.concat([rest, bytes]);
  for (let message; (message = next()); ) {
    server.stdin.write(message);
    if (message.includes('"method":"initialized"')) server.stdin.write("noise\r\n\r\n");
  }
});
process.stdin.on("end", () => server.stdin.end());
server.on("exit", (code) => process.exit(code ?? 1));

/** The next message with its header, once all of it is here. */
function next() {
  const header = rest.indexOf("\r\n\r\n");
  if (header < 0) return undefined;
  const length = Number(/Content-Length: (\d+)/i.exec(rest.subarray(0, header))[1]);
  const end = header + 4 + length;
  if (rest.length < end) return undefined;
  const message = rest.subarray(0, end);
  rest = rest.subarray(end);
  return message;
}
