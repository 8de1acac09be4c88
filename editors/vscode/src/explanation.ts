// What the code of a finding means.

import { commands, Disposable, languages, window, type Diagnostic, type TextEditor } from "vscode";
import type { Session } from "./session.ts";
import { VirtualDocuments } from "./virtual_documents.ts";

/** What `orm/explain` answers. */
interface Explanation {
  code: string;
  markdown: string;
}

export function registerExplanation(session: Session): Disposable {
  const documents = new VirtualDocuments("orm-explain");
  const explain = async (asked?: string) => {
    const code = asked ?? (await chooseCode());
    if (!code) return;
    const found = await session.ask<Explanation | null>("orm/explain", { code: code.trim() });
    if (!found) {
      await window.showErrorMessage(`orm: there is no diagnostic ${code}. Codes look like ORM010, names like unknown-type.`);
      return;
    }
    const { uri } = await documents.write(`${found.code}.md`, found.markdown);
    await commands.executeCommand("markdown.showPreviewToSide", uri);
  };
  return Disposable.from(documents, commands.registerCommand("orm.explain", explain));
}

/** The code of the finding under the cursor; whoever has none is asked. */
async function chooseCode(): Promise<string | undefined> {
  const codes = window.activeTextEditor ? codesAt(window.activeTextEditor) : [];
  if (codes.length === 1) return codes[0];
  if (codes.length > 1) return window.showQuickPick(codes, { placeHolder: "Which finding?" });
  return window.showInputBox({ prompt: "Code or name of a diagnostic", placeHolder: "ORM010, unknown-type" });
}

function codesAt({ document, selection }: TextEditor): string[] {
  const touched = languages.getDiagnostics(document.uri).filter((it) => it.range.contains(selection.active));
  return [...new Set(touched.map(codeOf).filter((it) => it !== undefined))];
}

function codeOf({ source, code }: Diagnostic): string | undefined {
  if (source !== "orm" || code === undefined) return undefined;
  return String(typeof code === "object" ? code.value : code);
}
