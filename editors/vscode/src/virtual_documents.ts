// Read-only documents that the extension writes: plain editors, so they have themes, colours, search and a clipboard.

import { EventEmitter, Uri, window, workspace, type Disposable, type TextDocument, type TextEditor } from "vscode";

export class VirtualDocuments implements Disposable {
  private readonly scheme: string;
  private readonly texts = new Map<string, string>();
  private readonly changed = new EventEmitter<Uri>();
  private readonly provider: Disposable;

  /** @param scheme the scheme of their URIs, which nobody else has */
  constructor(scheme: string) {
    this.scheme = scheme;
    this.provider = workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.changed.event,
      provideTextDocumentContent: (uri) => this.texts.get(uri.path) ?? "",
    });
  }

  dispose(): void {
    this.provider.dispose();
    this.changed.dispose();
  }

  /**
   * The document of this name with this text, new or changed.
   *
   * @param name what its tab shows; the ending decides about the language
   */
  async write(name: string, text: string): Promise<TextDocument> {
    const uri = this.uri(name);
    const isNew = this.texts.get(uri.path) === undefined;
    this.texts.set(uri.path, text);
    const document = await workspace.openTextDocument(uri);
    if (!isNew && !has(document, text)) await this.arrival(uri, text);
    return document;
  }

  /** The editors that show documents of this scheme now. */
  visible(): TextEditor[] {
    return window.visibleTextEditors.filter((it) => it.document.uri.scheme === this.scheme);
  }

  /** The editor that shows the document of this name now. */
  editor(name: string): TextEditor | undefined {
    const path = this.uri(name).path;
    return this.visible().find((it) => it.document.uri.path === path);
  }

  private uri(name: string): Uri {
    return Uri.from({ scheme: this.scheme, path: `/${name}` });
  }

  /** VS Code fetches a changed text when it likes to; positions mean something only after that. */
  private arrival(uri: Uri, text: string): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        listeners.forEach((it) => it.dispose());
        resolve();
      };
      const listeners = [
        workspace.onDidChangeTextDocument(({ document }) => {
          const isOver = has(document, text) || this.texts.get(uri.path) !== text;
          if (document.uri.toString() === uri.toString() && isOver) done();
        }),
        workspace.onDidCloseTextDocument((it) => it.uri.toString() === uri.toString() && done()),
      ];
      this.changed.fire(uri);
    });
  }
}

/** Whether that is its text; VS Code may have chosen other line ends. */
function has(document: TextDocument, text: string): boolean {
  return document.getText().replaceAll("\r\n", "\n") === text;
}
