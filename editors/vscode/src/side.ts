// Where documents beside a schema are shown.

import { commands, ViewColumn, window, type TextDocument } from "vscode";

/** Shows documents one below the other beside the active editor, which keeps the focus. */
export async function showBeside(documents: TextDocument[]): Promise<void> {
  const source = window.activeTextEditor;
  let column = ViewColumn.Beside;
  for (const document of documents) {
    if (column === ViewColumn.Active) await commands.executeCommand("workbench.action.newGroupBelow");
    await window.showTextDocument(document, { viewColumn: column, preview: false });
    column = ViewColumn.Active;
  }
  if (source) await window.showTextDocument(source.document, { viewColumn: source.viewColumn, selection: source.selection });
}
