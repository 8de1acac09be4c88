// The syntax tree of what the cursor is in, beside it.

import { commands, Disposable, window, type TextEditor } from "vscode";
import { Follower, isSchema } from "./follower.ts";
import type { Session } from "./session.ts";
import { showBeside } from "./side.ts";
import { VirtualDocuments } from "./virtual_documents.ts";

const NAME = "Syntax tree";

export function registerSyntaxTree(session: Session): Disposable {
  const documents = new VirtualDocuments("orm-syntax");
  let tree = "";
  const update = async ({ document, selection }: TextEditor) => {
    const position = ({ line, character }: { line: number; character: number }) => ({ line, character });
    const answer = await session.ask<string | null>("orm/syntaxTree", {
      textDocument: { uri: document.uri.toString() },
      range: { start: position(selection.start), end: position(selection.end) },
    });
    tree = answer ?? "";
    await documents.write(NAME, tree);
  };
  const follower = new Follower(session, () => documents.visible().length > 0, update);
  const open = async () => {
    const editor = window.activeTextEditor;
    if (!isSchema(editor)) {
      await window.showInformationMessage("orm: open an .orm file first; its syntax tree is shown beside it.");
      return;
    }
    await follower.refresh(editor);
    if (documents.visible().length === 0) await showBeside([await documents.write(NAME, tree)]);
  };
  return Disposable.from(documents, follower, commands.registerCommand("orm.showSyntaxTree", open));
}
