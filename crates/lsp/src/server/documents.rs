//! Documents that the client opens, edits and closes.

use lsp_types::{DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams};

use super::LanguageServer;
use crate::worker::Message;

impl LanguageServer {
    /// `textDocument/didOpen`
    pub(super) fn open_document(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        self.send(Message::Open {
            uri: document.uri,
            version: document.version,
            language: document.language_id,
            text: document.text,
        });
    }

    /// `textDocument/didChange`
    pub(super) fn change_document(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        self.send(Message::Change { uri: document.uri, version: document.version, changes: params.content_changes });
    }

    /// `textDocument/didClose`
    pub(super) fn close_document(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        self.tokens.forget(&uri);
        self.send(Message::Close { uri });
    }
}
