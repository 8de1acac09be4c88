// What `orm.trace.server` writes into the log.

import { LogLevel, workspace, type Disposable, type LogOutputChannel } from "vscode";

/**
 * The log, as the language client traces into it. The client looks at the level of the log, which a user would have to
 * change as well: here the setting alone decides, and what is traced stands among what is told anyway.
 */
export function traceInto(log: LogOutputChannel): LogOutputChannel {
  const level = () => (workspace.getConfiguration("orm").get("trace.server", "off") === "off" ? LogLevel.Off : LogLevel.Trace);
  const onDidChangeLogLevel = (listener: (level: LogLevel) => void): Disposable =>
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("orm.trace.server")) listener(level());
    });
  return Object.create(log, {
    logLevel: { get: level },
    onDidChangeLogLevel: { value: onDidChangeLogLevel },
    trace: { value: log.info },
  });
}
