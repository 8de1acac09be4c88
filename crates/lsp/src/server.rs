//! The protocol's methods. Each sends its message to the worker before it waits for anything.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::Sender,
    },
};

use lsp_types::{
    CodeActionKind, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionItem, CompletionParams,
    CompletionResponse, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DocumentFormattingParams, DocumentHighlight,
    DocumentHighlightParams, DocumentLink, DocumentLinkParams, DocumentRangeFormattingParams, DocumentSymbolParams,
    DocumentSymbolResponse, ExecuteCommandParams, FoldingRange, FoldingRangeParams, GotoDefinitionParams,
    GotoDefinitionResponse, Hover, HoverContents, HoverParams, InitializeParams, InitializeResult, InitializedParams,
    InlayHint, InlayHintParams, Location, OneOf, PrepareRenameResponse, ReferenceParams, RenameParams, SelectionRange,
    SelectionRangeParams, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams,
    SemanticTokensFullDeltaResult, SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult,
    SemanticTokensResult, ServerInfo, SignatureHelp, SignatureHelpParams, SymbolInformation,
    TextDocumentPositionParams, TextEdit, Uri, WorkspaceEdit, WorkspaceSymbol, WorkspaceSymbolParams,
};
use orm_ide::{Cancelled, MigrationView, RenameError};
use serde::Serialize;
use serde_json::{
    Value,
    value::{RawValue, to_raw_value},
};
use tokio::sync::oneshot;
use tower_lsp::{
    Client,
    jsonrpc::{Error, ErrorCode, Result},
};

use crate::{
    create_migration::{self, OpenDocuments},
    requests::{
        CreateMigration, ExplainParams, Explanation, PreviewDdl, PreviewDdlParams, PreviewMigration,
        PreviewMigrationParams, SyntaxTreeParams,
    },
    snapshot::{
        DocumentSnapshot, Snapshot,
        migration::{CREATE_MIGRATION, previews},
        semantic_tokens::SentTokens,
    },
    support::{ClientSupport, folders, server_capabilities, watched_files},
    to_protocol::{documentation, file_path},
    transport::answer_with,
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

    /// `orm/previewDdl`
    pub(crate) async fn preview_ddl(&self, params: PreviewDdlParams) -> Result<Option<Vec<PreviewDdl>>> {
        let PreviewDdlParams { text_document, position, previous_result_ids } = params;
        let found = self.read(text_document.uri, move |document| document.project_ddl(position)).await?;
        aside(move || found.map(|it| it.previews(&previous_result_ids))).await
    }

    /// `orm/previewMigration`
    pub(crate) async fn preview_migration(
        &self,
        params: PreviewMigrationParams,
    ) -> Result<Option<Vec<PreviewMigration>>> {
        let PreviewMigrationParams { text_document, position } = params;
        let found = self.read(text_document.uri, move |document| document.migration(position)).await?;
        aside(move || found.as_ref().map(previews)).await
    }

    /// `orm/syntaxTree`
    pub(crate) async fn syntax_tree(&self, params: SyntaxTreeParams) -> Result<Option<String>> {
        self.read(params.text_document.uri, move |document| document.syntax_tree(params.range)).await
    }

    /// `orm/explain`
    pub(crate) async fn explain(&self, params: ExplainParams) -> Result<Option<Explanation>> {
        let found = orm_ide::explain(&params.code);
        Ok(found.map(|orm_ide::Explanation { code, title, url, markdown }| Explanation { code, title, url, markdown }))
    }

    /// The command that writes a migration.
    async fn create_migration(&self, asked: CreateMigration) -> Result<Option<Value>> {
        let folder = asked.project.as_ref().and_then(file_path);
        let document = asked.text_document.as_ref().map(|it| it.uri.clone());
        let read = move |snapshots: &Vec<Snapshot>| {
            let is_meant = |it: &&Snapshot| match (&folder, &document) {
                (Some(folder), _) => it.locations.root.as_ref() == Some(folder),
                (None, Some(uri)) => it.locations.open.values().any(|open| open == uri),
                (None, None) => false,
            };
            snapshots.iter().find(is_meant).map(OpenDocuments::of).transpose()
        };
        let open = self.ask(|read| Message::ReadAll { read }, read).await?;
        let created = match open {
            Some(open) => aside(move || create_migration::run(&open, &asked)).await?,
            None => Err(create_migration::failed("there is no such project: open one of its files first")),
        };
        let created = created.map_err(|it| Error {
            code: REQUEST_FAILED,
            message: it.message.into(),
            data: serde_json::to_value(it.reason).ok(),
        })?;
        if !created.files.is_empty() {
            self.send(Message::FilesChanged(create_migration::events(&created.files)));
            self.refresh_lenses();
        }
        Ok(serde_json::to_value(created).ok())
    }

    /// Asks the client to ask for lenses again, once it has nothing better to do.
    fn refresh_lenses(&self) {
        if !self.support.get().is_some_and(|it| it.refreshes_lenses) {
            return;
        }
        let client = self.client.clone();
        // The handler must not wait for the client, as the client may wait for it.
        tokio::spawn(async move {
            if let Err(error) = client.code_lens_refresh().await {
                tracing::warn!("the client does not refresh its lenses: {error}");
            }
        });
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

    /// The same for a long answer, which is written where it is made: a tree of values takes ten times as long. What the
    /// method returns then does not matter, so that it is nothing.
    async fn read_long<T: Serialize, R: Default>(
        &self,
        uri: Uri,
        read: impl Fn(&DocumentSnapshot) -> std::result::Result<T, Cancelled> + Send + Sync + 'static,
    ) -> Result<R> {
        let written = self.read(uri, move |document| Ok(Some(to_raw_value(&read(document)?)))).await?;
        written.map_or(Ok(()), answer_long)?;
        Ok(R::default())
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

fn answer_long(written: serde_json::Result<Box<RawValue>>) -> Result<()> {
    let written = written.inspect_err(|error| tracing::error!("an answer can't be written: {error}"));
    answer_with(written.map_err(|_| Error::internal_error())?);
    Ok(())
}

/// `RequestFailed`: the request was right, and has no answer but the reason.
const REQUEST_FAILED: ErrorCode = ErrorCode::ServerError(-32803);

fn refused(error: RenameError) -> Error {
    Error { code: REQUEST_FAILED, message: error.0.into(), data: None }
}

/// Does on a thread of its own what may take long and reads nothing of a project, so that no edit waits for it.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::internal_error())
}

/// A hover with what the next migration does to what it is about.
fn with_migration((hover, migration): (Option<Hover>, Option<MigrationView>)) -> Option<Hover> {
    let mut hover = hover?;
    if let (HoverContents::Markup(content), Some(migration)) = (&mut hover.contents, migration) {
        content.value = format!("{}\n\n{}", content.value, migration.markdown());
    }
    Some(hover)
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
        let has_migrations = params.changes.iter().any(|it| it.uri.path().as_str().ends_with(".sql"));
        self.send(Message::FilesChanged(params.changes));
        if has_migrations {
            self.refresh_lenses();
        }
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let paths =
            |folders: &[lsp_types::WorkspaceFolder]| folders.iter().filter_map(|it| file_path(&it.uri)).collect();
        self.send(Message::FoldersChanged { added: paths(&params.event.added), removed: paths(&params.event.removed) });
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let place = params.text_document_position_params;
        let read = move |document: &DocumentSnapshot| {
            Ok((document.hover(place.position)?, document.migration_of_name(place.position)?))
        };
        let found = self.read(place.text_document.uri, read).await?;
        aside(move || with_migration(found)).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        if params.command != CREATE_MIGRATION {
            return Err(Error::invalid_params(format!("`{}` is no command of this server", params.command)));
        }
        let argument = params.arguments.into_iter().next().unwrap_or_default();
        let asked: CreateMigration =
            serde_json::from_value(argument).map_err(|error| Error::invalid_params(error.to_string()))?;
        self.create_migration(asked).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let place = params.text_document_position_params;
        self.read(place.text_document.uri, move |document| document.definition(place.position)).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let place = params.text_document_position;
        self.read_long(place.text_document.uri, move |document| document.completion(place.position)).await
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
        answer_long(to_raw_value(&symbols))?;
        Ok(None)
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.read_long(params.text_document.uri, DocumentSnapshot::folding_ranges).await
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
        self.read_long(params.text_document.uri, DocumentSnapshot::code_lenses).await
    }

    async fn code_lens_resolve(&self, mut lens: CodeLens) -> Result<CodeLens> {
        let uri = lens.data.as_ref().and_then(|it| it.get("uri")?.as_str()?.parse().ok());
        let Some(uri) = uri else { return Ok(lens) };
        let position = lens.range.start;
        lens.command = match lens.data.as_ref().and_then(|it| it.get("migration")).cloned() {
            Some(part) => {
                let pending = self.read(uri, move |document| document.pending_lens(position, &part)).await?;
                aside(move || pending.map(|it| it.command())).await?
            }
            None => self.read(uri, move |document| document.code_lens_command(position)).await?,
        };
        Ok(lens)
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.read(params.text_document.uri, DocumentSnapshot::document_links).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let (answer, _) = self.next_tokens(params.text_document.uri).await?;
        answer_long(to_raw_value(&answer.full()))?;
        Ok(None)
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
        answer_long(to_raw_value(&found.transpose().map_err(refused)?.flatten()))?;
        Ok(None)
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let (place, wanted) = (params.text_document_position, params.context.include_declaration);
        self.read_long(place.text_document.uri, move |document| document.references(place.position, wanted)).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let place = params.text_document_position_params;
        self.read(place.text_document.uri, move |document| document.document_highlights(place.position)).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.read_long(params.text_document.uri, DocumentSnapshot::document_symbols).await
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
        self.read_long(params.text_document.uri, DocumentSnapshot::formatting).await
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
    use crate::{outbox::Outbox, worker::Worker};

    #[tokio::test]
    async fn a_panic_costs_the_request_that_it_happens_in() {
        let (sender, receiver) = mpsc::channel();
        let (service, _socket) = LspService::new(|client| LanguageServer::new(client, sender.clone()));
        let server = service.inner();
        let worker = Worker::new(sender.clone(), receiver, Outbox::default(), tokio::runtime::Handle::current());
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
