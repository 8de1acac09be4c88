// What checks off the steps of the walkthrough.

import { commands, Disposable, window, workspace } from "vscode";
import type { Session } from "./session.ts";

/**
 * Tells VS Code that the program runs and that there is a schema, while a walkthrough is open.
 *
 * VS Code checks a step off when its context becomes true. One that is true before VS Code looks at the walkthroughs, which it
 * does when somebody opens one, it takes for one that has been told of, and never checks the step off.
 */
export function registerWalkthrough(session: Session): Disposable {
  const tell = (name: string, value: boolean) => void commands.executeCommand("setContext", name, value);
  const update = () => {
    const isOpen = showsWalkthrough();
    tell("orm.walkthrough.programRuns", isOpen && session.state.kind === "ready");
    tell("orm.walkthrough.hasSchema", isOpen && workspace.textDocuments.some((it) => it.languageId === "orm"));
  };
  update();
  return Disposable.from(
    session.onDidChangeState(update),
    window.tabGroups.onDidChangeTabs(update),
    workspace.onDidOpenTextDocument(update),
  );
}

/** Whether a walkthrough is open, or another page that extensions are told nothing about. */
function showsWalkthrough(): boolean {
  return window.tabGroups.all.flatMap((it) => it.tabs).some((it) => it.input === undefined);
}
