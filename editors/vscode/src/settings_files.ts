// What is typed into an `orm.toml` counts before it is saved.

import { randomUUID } from "node:crypto";
import {
  TextDocumentSyncKind,
  type DocumentSelector,
  type FeatureState,
  type LanguageClient,
  type StaticFeature,
  type TextDocumentChangeRegistrationOptions,
} from "vscode-languageclient/node";

const SETTINGS_FILES: DocumentSelector = [{ scheme: "file", pattern: "**/orm.toml" }];

/**
 * Tells the server of settings files what it tells it of schemas, and asks it nothing about them: they are TOML, and other
 * extensions complete and format that.
 */
export class SettingsFiles implements StaticFeature {
  private readonly client: LanguageClient;

  constructor(client: LanguageClient) {
    this.client = client;
  }

  fillClientCapabilities(): void {}

  /** Comes after the client's own features, which have begun with schemas by then. */
  initialize(): void {
    const id = randomUUID();
    const documents = { documentSelector: SETTINGS_FILES };
    const changes: TextDocumentChangeRegistrationOptions = { ...documents, syncKind: TextDocumentSyncKind.Incremental };
    this.client.getFeature("textDocument/didOpen").register({ id, registerOptions: documents });
    this.client.getFeature("textDocument/didChange").register({ id, registerOptions: changes });
    this.client.getFeature("textDocument/didClose").register({ id, registerOptions: documents });
  }

  getState(): FeatureState {
    return { kind: "static" };
  }

  /** The client's own features forget what was registered with them. */
  clear(): void {}
}
