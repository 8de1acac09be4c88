//! The protocol's methods. Each sends its message to the worker before it waits for anything.

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{OnceLock, mpsc::Sender},
};

use lsp_types::{
    CodeActionKind, CodeActionParams, CodeActionResponse, CompletionItem, CompletionParams, CompletionResponse,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DocumentFormattingParams, DocumentHighlight,
    DocumentHighlightParams, DocumentRangeFormattingParams, DocumentSymbolParams, DocumentSymbolResponse,
    Documentation, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverParams, InitializeParams,
    InitializeResult, InitializedParams, Location, MarkupContent, MarkupKind, PublishDiagnosticsParams,
    ReferenceParams, ServerInfo, TextEdit, Uri,
};
use orm_ide::Cancelled;
use tokio::sync::{mpsc::UnboundedSender, oneshot};
use tower_lsp::{
    Client,
    jsonrpc::{Error, Result},
};

use crate::{
    snapshot::DocumentSnapshot,
    support::{ClientSupport, folders, server_capabilities, watched_files},
    to_protocol::file_path,
    worker::Message,
};

/// Answers one client.
pub(crate) struct LanguageServer {
    client: Client,
    worker: Sender<Message>,
    support: OnceLock<ClientSupport>,
}

impl LanguageServer {
    pub(crate) fn new(client: Client, worker: Sender<Message>) -> Self {
        LanguageServer { client, worker, support: OnceLock::new() }
    }

    /// A queue for diagnostics, and the task that sends them to the client in order. It keeps the worker from waiting
    /// for a client that is slow to read.
    pub(crate) fn publications(
        &self,
    ) -> (UnboundedSender<PublishDiagnosticsParams>, impl Future<Output = ()> + Send + 'static) {
        let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel::<PublishDiagnosticsParams>();
        let client = self.client.clone();
        let publishing = async move {
            while let Some(params) = receiver.recv().await {
                client.publish_diagnostics(params.uri, params.diagnostics, params.version).await;
            }
        };
        (sender, publishing)
    }

    fn send(&self, message: Message) {
        if self.worker.send(message).is_err() {
            tracing::error!("the worker has ended");
        }
    }

    /// Reads the document as it is after all edits that arrived before.
    pub(crate) async fn read<T: Default + Send + 'static>(
        &self,
        uri: Uri,
        read: impl FnOnce(&DocumentSnapshot) -> std::result::Result<T, Cancelled> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let read = Box::new(move |snapshot: Option<DocumentSnapshot>| {
            // Nobody waits for the answer after `$/cancelRequest`.
            if reply.is_closed() {
                return;
            }
            let result = catch_unwind(AssertUnwindSafe(|| match &snapshot {
                Some(snapshot) => read(snapshot).map_err(|Cancelled| Error::content_modified()),
                None => Ok(T::default()),
            }));
            // The next edit waits for the snapshot, so it goes before the answer.
            drop(snapshot);
            if reply.send(result.unwrap_or_else(|_| Err(Error::internal_error()))).is_err() {
                tracing::debug!("an answer that nobody waits for");
            }
        });
        self.send(Message::Read { uri, read });
        answer.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }
}

impl tower_lsp::LanguageServer for LanguageServer {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let support = ClientSupport::new(&params.capabilities);
        self.send(Message::Initialize { support, folders: folders(&params) });
        let support = *self.support.get_or_init(|| support);
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Ok(InitializeResult {
            capabilities: server_capabilities(support),
            server_info: Some(ServerInfo { name: "orm".to_owned(), version: Some(version) }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.send(Message::Initialized);
        if self.support.get().is_some_and(|support| support.watches_files) {
            let client = self.client.clone();
            // The handler must not wait: a client that leaves without an answer would keep the server alive.
            tokio::spawn(async move {
                if let Err(error) = client.register_capability(vec![watched_files()]).await {
                    tracing::warn!("the client watches no files: {error}");
                }
            });
        }
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        self.send(Message::Open { uri: document.uri, version: document.version, text: document.text });
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        self.send(Message::Change { uri: document.uri, version: document.version, changes: params.content_changes });
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.send(Message::Close { uri: params.text_document.uri });
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.send(Message::FilesChanged(params.changes));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let paths =
            |folders: &[lsp_types::WorkspaceFolder]| folders.iter().filter_map(|it| file_path(&it.uri)).collect();
        self.send(Message::FoldersChanged { added: paths(&params.event.added), removed: paths(&params.event.removed) });
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let place = params.text_document_position_params;
        self.read(place.text_document.uri, move |document| document.hover(place.position)).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let place = params.text_document_position_params;
        self.read(place.text_document.uri, move |document| document.definition(place.position)).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let place = params.text_document_position;
        self.read(place.text_document.uri, move |document| document.completion(place.position)).await
    }

    async fn completion_resolve(&self, mut item: CompletionItem) -> Result<CompletionItem> {
        let data = item.data.as_ref();
        let text = |name: &str| data.and_then(|it| it.get(name)).and_then(serde_json::Value::as_str);
        let (Some(uri), Some(key)) = (text("uri").and_then(|it| it.parse().ok()), text("key").map(str::to_owned))
        else {
            return Ok(item);
        };
        let found = self.read(uri, move |document| document.completion_documentation(&key)).await?;
        let markdown = self.support.get().is_some_and(|it| it.completion_markdown);
        let kind = if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        item.documentation = found.map(|value| Documentation::MarkupContent(MarkupContent { kind, value }));
        Ok(item)
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let (place, wanted) = (params.text_document_position, params.context.include_declaration);
        self.read(place.text_document.uri, move |document| document.references(place.position, wanted)).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let place = params.text_document_position_params;
        self.read(place.text_document.uri, move |document| document.document_highlights(place.position)).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.read(params.text_document.uri, DocumentSnapshot::document_symbols).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let only = params.context.only;
        // `quickfix` is asked for by its own name, by none, or by that of all actions, which is empty.
        let is_wanted =
            only.is_none_or(|it| it.contains(&CodeActionKind::QUICKFIX) || it.contains(&CodeActionKind::EMPTY));
        if !is_wanted {
            return Ok(None);
        }
        self.read(params.text_document.uri, move |document| document.code_actions(params.range)).await
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.read(params.text_document.uri, DocumentSnapshot::formatting).await
    }

    async fn range_formatting(&self, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.read(params.text_document.uri, move |document| document.range_formatting(params.range)).await
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread};

    use lsp_types::TextDocumentItem;
    use tower_lsp::{LanguageServer as _, LspService, jsonrpc::ErrorCode};

    use super::*;
    use crate::worker::Worker;

    #[tokio::test]
    async fn a_panic_costs_the_request_that_it_happens_in() {
        let (sender, receiver) = mpsc::channel();
        let (service, _socket) = LspService::new(|client| LanguageServer::new(client, sender.clone()));
        let server = service.inner();
        let (publications, _publishing) = server.publications();
        let worker = Worker::new(sender.clone(), receiver, publications, tokio::runtime::Handle::current());
        let worker = thread::spawn(move || worker.run());

        let uri: Uri = "untitled:a".parse().unwrap();
        let document = TextDocumentItem::new(uri.clone(), "orm".to_owned(), 1, "table users {\n}\n".to_owned());
        server.did_open(DidOpenTextDocumentParams { text_document: document }).await;
        let answer: Result<Option<Hover>> = server.read(uri.clone(), |_| panic!("on purpose")).await;
        assert_eq!(answer.unwrap_err().code, ErrorCode::InternalError);
        let symbols = server.read(uri, DocumentSnapshot::document_symbols).await.unwrap();
        assert!(symbols.is_some());

        sender.send(Message::Stop).unwrap();
        worker.join().unwrap();
    }
}
