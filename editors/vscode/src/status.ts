// What the server does, in the status bar; a click opens a menu.

import {
  commands,
  Disposable,
  env,
  MarkdownString,
  StatusBarAlignment,
  ThemeColor,
  version as vscodeVersion,
  window,
  type QuickPickItem,
  type StatusBarItem,
} from "vscode";
import { headline, type Session, type State } from "./session.ts";

const SHOW_MENU = "orm.showMenu";

export function showStatus(session: Session): Disposable {
  const item = window.createStatusBarItem("orm.status", StatusBarAlignment.Right, 100);
  item.name = "orm language server";
  item.command = SHOW_MENU;
  const update = () => {
    describe(item, session.state);
    const isWanted = window.visibleTextEditors.some((it) => it.document.languageId === "orm");
    if (isWanted || session.state.kind === "failed") item.show();
    else item.hide();
  };
  update();
  return Disposable.from(
    item,
    session.onDidChangeState(update),
    window.onDidChangeVisibleTextEditors(update),
    commands.registerCommand(SHOW_MENU, () => showMenu(session)),
  );
}

function describe(item: StatusBarItem, state: State): void {
  item.backgroundColor = undefined;
  switch (state.kind) {
    case "stopped":
      item.text = "$(circle-slash) orm";
      item.tooltip = `orm: ${headline(state)}`;
      break;
    case "starting":
      item.text = "$(loading~spin) orm";
      item.tooltip = `orm: ${headline(state)}`;
      break;
    case "ready":
      item.text = state.mismatch ? "$(warning) orm" : "$(check) orm";
      item.tooltip = new MarkdownString(`orm ${state.version ?? ""}\n\n\`${state.program}\``);
      if (state.mismatch) {
        item.tooltip.appendMarkdown(`\n\n${state.mismatch.message}`);
        item.backgroundColor = new ThemeColor("statusBarItem.warningBackground");
      }
      break;
    case "crashed":
      item.text = "$(sync~spin) orm";
      item.tooltip = `orm: ${headline(state)}`;
      item.backgroundColor = new ThemeColor("statusBarItem.warningBackground");
      break;
    case "failed":
      item.text = "$(error) orm";
      item.tooltip = `orm: ${headline(state)}`;
      item.backgroundColor = new ThemeColor("statusBarItem.errorBackground");
      break;
  }
}

/** An entry of the menu: what it shows, and what it does. */
type Entry = QuickPickItem & { run?: () => unknown };

async function showMenu(session: Session): Promise<void> {
  const entries: Entry[] = [
    { label: "$(refresh) Restart language server", run: () => commands.executeCommand("orm.restartServer") },
    { label: "$(output) Show the server's log", run: () => commands.executeCommand("orm.showLog") },
    { label: "$(gear) Settings", run: () => commands.executeCommand("workbench.action.openSettings", "@ext:orm-lang.orm") },
    { label: "$(book) Documentation", run: () => commands.executeCommand("orm.openDocs") },
    version(session),
  ];
  const chosen = await window.showQuickPick(entries, { title: "orm language server", placeHolder: capitalized(headline(session.state)) });
  await chosen?.run?.();
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The versions, for whoever reports a problem. */
function version({ state, version: extension }: Session): Entry {
  const server = state.kind === "ready" ? `orm ${state.version ?? "of an unknown version"}` : "no server";
  const program = state.kind === "ready" ? state.program : undefined;
  return {
    label: `$(versions) Copy version: ${server}, extension ${extension}`,
    ...(program && { detail: program }),
    run: () => env.clipboard.writeText(`${server}${program ? ` (${program})` : ""}, extension ${extension}, VS Code ${vscodeVersion}`),
  };
}
