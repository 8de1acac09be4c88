//! The protocol's methods. Each sends its message to the worker before it waits for anything.

use std::{
    collections::HashMap,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::Sender,
    },
};

use lsp_types::{
    CodeAction, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionItem, CompletionParams,
    CompletionResponse, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DocumentFormattingParams, DocumentHighlight,
    DocumentHighlightParams, DocumentLink, DocumentLinkParams, DocumentRangeFormattingParams, DocumentSymbolParams,
    DocumentSymbolResponse, FoldingRange, FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover,
    HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams, Location, OneOf,
    PrepareRenameResponse, PublishDiagnosticsParams, ReferenceParams, RenameParams, SelectionRange,
    SelectionRangeParams, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams,
    SemanticTokensFullDeltaResult, SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult,
    SemanticTokensResult, ServerInfo, SignatureHelp, SignatureHelpParams, SymbolInformation,
    TextDocumentPositionParams, TextEdit, Uri, WorkspaceEdit, WorkspaceSymbol, WorkspaceSymbolParams,
};
use orm_ide::{Cancelled, RenameError};
use tokio::sync::{mpsc::UnboundedSender, oneshot};
use tower_lsp::{
    Client,
    jsonrpc::{Error, ErrorCode, Result},
};

use crate::{
    snapshot::{DocumentSnapshot, Snapshot, semantic_tokens::SentTokens},
    support::{ClientSupport, folders, server_capabilities, watched_files},
    to_protocol::{documentation, file_path},
    worker::Message,
};

/// Answers one client.
pub(crate) struct LanguageServer {
    client: Client,
    worker: Sender<Message>,
    support: OnceLock<ClientSupport>,
    /// The semantic tokens that the client has of each document.
    tokens: Mutex<HashMap<String, SentTokens>>,
    /// Counts their answers.
    answers: AtomicU64,
}

impl LanguageServer {
    pub(crate) fn new(client: Client, worker: Sender<Message>) -> Self {
        let (tokens, answers) = (Mutex::default(), AtomicU64::new(0));
        LanguageServer { client, worker, support: OnceLock::new(), tokens, answers }
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

    /// The semantic tokens of a document as the next answer, and the answer before.
    async fn next_tokens(&self, uri: Uri) -> Result<(SentTokens, Option<SentTokens>)> {
        let name = uri.as_str().to_owned();
        let tokens = self.read(uri, |document| document.semantic_tokens(None)).await?;
        let answer = SentTokens::new(self.answers.fetch_add(1, Ordering::Relaxed), tokens);
        // A panic while the lock is held leaves whole answers in it.
        let mut sent = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        let before = sent.insert(name, answer.clone());
        Ok((answer, before))
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
        let message = |read| Message::Read { uri, read };
        self.ask(message, move |snapshot: &Option<DocumentSnapshot>| match snapshot {
            Some(snapshot) => read(snapshot),
            None => Ok(T::default()),
        })
        .await
    }

    /// Asks the worker for a snapshot and reads it on another thread.
    async fn ask<S: Send + 'static, T: Send + 'static>(
        &self,
        message: impl FnOnce(Box<dyn FnOnce(S) + Send>) -> Message,
        read: impl FnOnce(&S) -> std::result::Result<T, Cancelled> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let read = Box::new(move |snapshot: S| {
            // Nobody waits for the answer after `$/cancelRequest`.
            if reply.is_closed() {
                return;
            }
            let result =
                catch_unwind(AssertUnwindSafe(|| read(&snapshot).map_err(|Cancelled| Error::content_modified())));
            // The next edit waits for the snapshot, so it goes before the answer.
            drop(snapshot);
            if reply.send(result.unwrap_or_else(|_| Err(Error::internal_error()))).is_err() {
                tracing::debug!("an answer that nobody waits for");
            }
        });
        self.send(message(read));
        answer.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }
}

/// `RequestFailed`: the request was right, and has no answer but the reason.
fn refused(error: RenameError) -> Error {
    Error { code: ErrorCode::ServerError(-32803), message: error.0.into(), data: None }
}

impl tower_lsp::LanguageServer for LanguageServer {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let support = ClientSupport::new(&params.capabilities, params.initialization_options.as_ref());
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
        let uri = params.text_document.uri;
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner).remove(uri.as_str());
        self.send(Message::Close { uri });
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
        item.documentation = found.map(|value| documentation(value, markdown));
        Ok(item)
    }

    async fn symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<OneOf<Vec<SymbolInformation>, Vec<WorkspaceSymbol>>>> {
        let query = params.query;
        let read = move |snapshots: &Vec<Snapshot>| {
            let mut symbols = Vec::new();
            for snapshot in snapshots {
                symbols.extend(snapshot.workspace_symbols(&query)?);
            }
            Ok(symbols)
        };
        let symbols = self.ask(|read| Message::ReadAll { read }, read).await?;
        Ok(Some(OneOf::Right(symbols)))
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.read(params.text_document.uri, DocumentSnapshot::folding_ranges).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.read(params.text_document.uri, move |document| document.selection_ranges(&params.positions)).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.read(params.text_document.uri, move |document| document.inlay_hints(params.range)).await
    }

    async fn signature_help(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        let place = params.text_document_position_params;
        self.read(place.text_document.uri, move |document| document.signature_help(place.position)).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.read(params.text_document.uri, DocumentSnapshot::code_lenses).await
    }

    async fn code_lens_resolve(&self, mut lens: CodeLens) -> Result<CodeLens> {
        let uri = lens.data.as_ref().and_then(|it| it.get("uri")?.as_str()?.parse().ok());
        if let Some(uri) = uri {
            let position = lens.range.start;
            lens.command = self.read(uri, move |document| document.code_lens_command(position)).await?;
        }
        Ok(lens)
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.read(params.text_document.uri, DocumentSnapshot::document_links).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let (answer, _) = self.next_tokens(params.text_document.uri).await?;
        Ok(Some(SemanticTokensResult::Tokens(answer.full())))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let (answer, before) = self.next_tokens(params.text_document.uri).await?;
        Ok(Some(match before.filter(|it| it.is_called(&params.previous_result_id)) {
            Some(before) => SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta {
                result_id: Some(answer.id()),
                edits: answer.since(&before),
            }),
            None => SemanticTokensFullDeltaResult::Tokens(answer.full()),
        }))
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let range = Some(params.range);
        let data = self.read(params.text_document.uri, move |document| document.semantic_tokens(range)).await?;
        Ok(Some(SemanticTokensRangeResult::Tokens(SemanticTokens { result_id: None, data })))
    }

    async fn prepare_rename(&self, place: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let found = self.read(place.text_document.uri, move |document| document.prepare_rename(place.position)).await?;
        found.transpose().map_err(refused)
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let (place, name) = (params.text_document_position, params.new_name);
        let found = self.read(place.text_document.uri, move |document| document.rename(place.position, &name)).await?;
        Ok(found.transpose().map_err(refused)?.flatten())
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
        self.read(params.text_document.uri, move |document| document.code_actions(params.range, only)).await
    }

    async fn code_action_resolve(&self, mut action: CodeAction) -> Result<CodeAction> {
        let Some(data) = action.data.as_ref() else { return Ok(action) };
        let uri = data.get("uri").and_then(|it| it.as_str()?.parse().ok());
        let range = data.get("range").and_then(|it| serde_json::from_value(it.clone()).ok());
        let id = data.get("id").and_then(|it| Some(it.as_str()?.to_owned()));
        let (Some(uri), Some(range), Some(id)) = (uri, range, id) else { return Ok(action) };
        let edit = self.read(uri, move |document| document.refactoring_edit(range, &id)).await?;
        // The text is another one than the menu was made for.
        action.edit = Some(edit.ok_or_else(Error::content_modified)?);
        Ok(action)
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
    use tower_lsp::{LanguageServer as _, LspService};

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
