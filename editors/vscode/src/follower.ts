// What follows the cursor and the edits of a schema.

import { Disposable, window, type TextEditor } from "vscode";
import type { Session } from "./session.ts";

/** The schema editor that has the cursor, or had it last. */
export class Follower implements Disposable {
  private readonly session: Session;
  private readonly isWanted: () => boolean;
  private readonly update: (editor: TextEditor) => Promise<void>;
  private readonly listeners: Disposable;
  private followed: TextEditor | undefined;
  private isBusy = false;
  private isStale = false;

  /**
   * @param session whose edits are followed
   * @param isWanted whether anybody looks at what follows
   * @param update brings it up to date; it runs once at a time, and again when something happened meanwhile
   */
  constructor(session: Session, isWanted: () => boolean, update: (editor: TextEditor) => Promise<void>) {
    this.session = session;
    this.isWanted = isWanted;
    this.update = update;
    this.listeners = Disposable.from(
      window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      window.onDidChangeTextEditorSelection((change) => this.follow(change.textEditor)),
      // An edit elsewhere, as of a rename, changes it too.
      session.onDidSendEdit(() => this.follow()),
    );
  }

  dispose(): void {
    this.listeners.dispose();
  }

  /** Brings it up to date when somebody looks at it. */
  follow(editor = this.followed): void {
    if (isSchema(editor) && this.isWanted()) this.refresh(editor).catch((error) => this.session.log.warn(String(error)));
  }

  /** Settles when what follows is up to date. */
  async refresh(editor = this.followed): Promise<void> {
    this.followed = editor;
    if (!editor) return;
    this.isStale = true;
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      while (this.isStale) {
        this.isStale = false;
        await this.update(this.followed ?? editor).catch((error) => {
          // An edit came in between, so there was nothing to answer; the next round has it.
          if (!this.isStale) throw error;
        });
      }
    } finally {
      this.isBusy = false;
    }
  }
}

export function isSchema(editor: TextEditor | undefined): editor is TextEditor {
  return editor?.document.languageId === "orm" && editor.document.uri.scheme === "file";
}
