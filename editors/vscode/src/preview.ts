// The DDL of a project beside its schema: a document for each database, that follows the cursor and the edits.

import {
  commands,
  Disposable,
  OverviewRulerLane,
  Range,
  TextEditorRevealType,
  ThemeColor,
  window,
  type TextDocument,
  type TextEditor,
} from "vscode";
import { Follower, isSchema } from "./follower.ts";
import type { Session } from "./session.ts";
import { showBeside } from "./side.ts";
import { VirtualDocuments } from "./virtual_documents.ts";

/** Lines, counted from 0, the last one included. */
interface Lines {
  startLine: number;
  endLine: number;
}

/** What `orm/previewDdl` answers for one database; docs/editor.md describes it. */
interface Ddl {
  title: string;
  resultId: string;
  text: string | null;
  selection: Lines[];
  changed: Lines[] | null;
  missing: string[];
}

export function registerPreview(session: Session): Disposable {
  const preview = new Preview(session);
  return Disposable.from(
    preview,
    commands.registerCommand("orm.previewDdl", () => preview.open()),
  );
}

class Preview implements Disposable {
  private readonly session: Session;
  private readonly documents = new VirtualDocuments("orm-ddl");
  private readonly follower: Follower;
  private readonly listener: Disposable;
  /** The answer for each database, with the text also where the last answer left it out. */
  private current: Ddl[] = [];

  private readonly selected = window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor("editor.rangeHighlightBackground"),
  });
  private readonly changed = window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor("diffEditor.insertedLineBackground"),
    overviewRulerColor: new ThemeColor("editorOverviewRuler.addedForeground"),
    overviewRulerLane: OverviewRulerLane.Left,
  });

  constructor(session: Session) {
    this.session = session;
    this.follower = new Follower(
      session,
      () => this.documents.visible().length > 0,
      (editor) => this.update(editor),
    );
    this.listener = Disposable.from(
      // A preview that comes into sight has no highlights yet; a server that comes back knows no result of before.
      window.onDidChangeVisibleTextEditors(() => this.follower.follow()),
      session.onDidChangeState(({ kind }) => {
        this.current = [];
        if (kind === "ready") this.follower.follow();
      }),
    );
  }

  dispose(): void {
    this.listener.dispose();
    this.follower.dispose();
    this.documents.dispose();
    this.selected.dispose();
    this.changed.dispose();
  }

  async open(): Promise<void> {
    const editor = window.activeTextEditor;
    if (!isSchema(editor)) {
      await window.showInformationMessage("orm: open an .orm file first; its DDL is shown beside it.");
      return;
    }
    await this.follower.refresh(editor);
    const hidden = this.current.filter((it) => !this.documents.editor(name(it)));
    await showBeside(await Promise.all(hidden.map((it) => this.write(it))));
    await this.follower.refresh(editor);
  }

  private async update(editor: TextEditor): Promise<void> {
    const { document, selection } = editor;
    const answer = await this.session.ask<Ddl[] | null>("orm/previewDdl", {
      textDocument: { uri: document.uri.toString() },
      position: { line: selection.active.line, character: selection.active.character },
      previousResultIds: this.current.map((it) => it.resultId),
    });
    // The server does not have the document yet, or any more.
    if (!answer) return;
    const known = new Map(this.current.map((it) => [it.resultId, it.text]));
    this.current = answer.map((it) => ({ ...it, text: it.text ?? known.get(it.resultId) ?? "" }));
    for (const ddl of this.current) {
      await this.write(ddl);
      const shown = this.documents.editor(name(ddl));
      if (shown) this.highlight(shown, ddl);
    }
  }

  private write(ddl: Ddl): Promise<TextDocument> {
    return this.documents.write(name(ddl), heading(ddl) + (ddl.text ?? ""));
  }

  private highlight(editor: TextEditor, ddl: Ddl): void {
    const ranges = (lines: Lines[]) => lines.map((it) => range(it, ddl.missing.length));
    const selection = ranges(ddl.selection);
    editor.setDecorations(this.changed, ranges(ddl.changed ?? []));
    editor.setDecorations(this.selected, selection);
    const first = selection[0];
    if (first) editor.revealRange(first, TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

function name({ title }: Ddl): string {
  return `${title}.sql`;
}

/** What the text leaves out stands above it, a line each. */
function heading({ missing }: Ddl): string {
  return missing.map((it) => `-- Not here: ${it}\n`).join("");
}

function range({ startLine, endLine }: Lines, offset: number): Range {
  return new Range(startLine + offset, 0, endLine + offset, 0);
}
