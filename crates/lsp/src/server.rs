//! The protocol's methods. Each sends its message to the worker before it waits for anything.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::Sender,
    },
};

use lsp_types::{
    CodeAction, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionItem, CompletionParams,
    CompletionResponse, ConfigurationItem, CreateFilesParams, DeleteFilesParams, DiagnosticServerCancellationData,
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, DocumentFormattingParams, DocumentHighlight,
    DocumentHighlightParams, DocumentLink, DocumentLinkParams, DocumentOnTypeFormattingParams,
    DocumentRangeFormattingParams, DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams, FileChangeType,
    FoldingRange, FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverContents, HoverParams,
    InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams, Location, OneOf,
    PrepareRenameResponse, ReferenceParams, Registration, RelatedFullDocumentDiagnosticReport, RenameFilesParams,
    RenameParams, SelectionRange, SelectionRangeParams, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams,
    SemanticTokensFullDeltaResult, SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult,
    SemanticTokensResult, ServerInfo, SignatureHelp, SignatureHelpParams, SymbolInformation,
    TextDocumentPositionParams, TextEdit, Uri, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDiagnosticReportResult, WorkspaceEdit, WorkspaceSymbol, WorkspaceSymbolParams,
    request::{
        GotoDeclarationParams, GotoDeclarationResponse, GotoImplementationParams, GotoImplementationResponse,
        GotoTypeDefinitionParams, GotoTypeDefinitionResponse,
    },
};
use orm_ide::{Cancelled, MigrationView, RenameError};
use serde::Serialize;
use serde_json::Value;
use tokio::{runtime::Handle, sync::oneshot};
use tower_lsp::{
    Client,
    jsonrpc::{Error, ErrorCode, Result},
};

use crate::{
    create_migration::{self, OpenDocuments},
    interruption::{Interruptible, Interruption},
    json::Json,
    options::{SECTION, section},
    outbox::Outbox,
    outgoing::Outgoing,
    pull::WorkspaceRequest,
    requests::{
        CreateMigration, ExplainParams, Explanation, PreviewDdl, PreviewDdlParams, PreviewMigration,
        PreviewMigrationParams, SyntaxTreeParams,
    },
    snapshot::{
        DocumentSnapshot, Snapshot,
        migration::{CREATE_MIGRATION, previews},
        semantic_tokens::SentTokens,
    },
    support::{ClientSupport, folders, server_capabilities, watched_files, watched_settings},
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

    /// What the server says by itself, and the client that it says it to.
    pub(crate) fn outgoing(&self, outbox: Outbox) -> Outgoing {
        Outgoing::new(outbox, self.client.clone(), Handle::current())
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
        let read = move |snapshots: &[Snapshot]| {
            let is_meant = |it: &&Snapshot| match (&folder, &document) {
                (Some(folder), _) => it.locations.root.as_ref() == Some(folder),
                (None, Some(uri)) => it.locations.open.values().any(|open| open.uri == *uri),
                (None, None) => false,
            };
            snapshots.iter().find(is_meant).map(OpenDocuments::of).transpose()
        };
        let open = self.read_all(read).await?;
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
        }
        Ok(serde_json::to_value(created).ok())
    }

    /// Asks the client to tell of something. Nobody waits for its answer: a client that leaves without one would keep the
    /// server alive.
    fn register(&self, wanted: Option<Registration>) {
        let (client, Some(wanted)) = (self.client.clone(), wanted) else { return };
        tokio::spawn(async move {
            let method = wanted.method.clone();
            if let Err(error) = client.register_capability(vec![wanted]).await {
                tracing::warn!("the client sends no {method}: {error}");
            }
        });
    }

    /// Asks the client for our settings. Nobody waits for them either.
    fn ask_for_settings(&self) {
        let (client, worker) = (self.client.clone(), self.worker.clone());
        let section = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
        tokio::spawn(async move {
            match client.configuration(vec![section]).await.map(|it| it.into_iter().next()) {
                Ok(Some(settings)) => drop(worker.send(Message::Settings(settings))),
                Ok(None) => {}
                Err(error) => tracing::warn!("the client has no settings: {error}"),
            }
        });
    }

    /// A person created, renamed or deleted files or folders in the editor.
    fn files_changed<'a>(&self, events: impl Iterator<Item = (&'a String, FileChangeType)>) {
        let events = events.filter_map(|(uri, kind)| Some((file_path(&uri.parse().ok()?)?, kind)));
        self.send(Message::FilesChanged(events.collect()));
    }

    fn send(&self, message: Message) {
        if self.worker.send(message).is_err() {
            tracing::error!("the worker has ended");
        }
    }

    /// Reads the document as it is after all edits that arrived before. Edits of other documents may come in between:
    /// then it is read again. An edit of this one leaves nothing to say about it as it was.
    pub(crate) async fn read<T: Default + Send + 'static>(
        &self,
        uri: Uri,
        read: impl Fn(&DocumentSnapshot) -> std::result::Result<T, Cancelled> + Send + Sync + 'static,
    ) -> Result<T> {
        let read = Arc::new(move |snapshot: &Option<DocumentSnapshot>| match snapshot {
            Some(snapshot) => read(snapshot).map_err(|Cancelled| snapshot.version),
            None => Ok(T::default()),
        });
        let mut first = None;
        loop {
            let (uri, read) = (uri.clone(), Arc::clone(&read));
            let version = match self.ask(|read| Message::Read { uri, read }, move |it| read(it)).await? {
                Ok(answer) => return Ok(answer),
                Err(version) => version,
            };
            if *first.get_or_insert(version) != version {
                return Err(Error::content_modified());
            }
        }
    }

    /// Reads every project, again after an edit that comes in between.
    async fn read_all<T: Send + 'static>(
        &self,
        read: impl Fn(&[Snapshot]) -> std::result::Result<T, Cancelled> + Send + Sync + 'static,
    ) -> Result<T> {
        let read = Arc::new(read);
        loop {
            let read = Arc::clone(&read);
            let answer = self.ask(|read| Message::ReadAll { read }, move |it: &Vec<Snapshot>| read(it)).await?;
            if let Ok(answer) = answer {
                return Ok(answer);
            }
        }
    }

    /// The same for a long answer, which is written where it is made. What the method returns after that does not matter,
    /// so it is nothing.
    async fn read_long<T: Serialize, R: Default>(
        &self,
        uri: Uri,
        read: impl Fn(&DocumentSnapshot) -> std::result::Result<T, Cancelled> + Send + Sync + 'static,
    ) -> Result<R> {
        let written = self.read(uri, move |document| Ok(Some(Json::of(&read(document)?)))).await?;
        written.transpose()?.into_iter().for_each(answer_with);
        Ok(R::default())
    }

    /// Asks the worker for a snapshot and reads it on another thread.
    async fn ask<S: Interruptible + Send + 'static, T: Send + 'static>(
        &self,
        message: impl FnOnce(Box<dyn FnOnce(S) + Send>) -> Message,
        read: impl FnOnce(&S) -> T + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        // Dropped with this future when the request is cancelled.
        let interruption = Interruption::default();
        let reading = interruption.handle();
        let read = Box::new(move |snapshot: S| {
            reading.reads(&snapshot);
            if reply.is_closed() {
                return;
            }
            let result = catch_unwind(AssertUnwindSafe(|| read(&snapshot)));
            // The next edit waits for the snapshot, so it goes before the answer.
            drop(snapshot);
            if reply.send(result.map_err(|_| Error::internal_error())).is_err() {
                tracing::debug!("an answer that nobody waits for");
            }
        });
        self.send(message(read));
        answer.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }
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

/// `ServerCancelled`: diagnostics that an edit has overtaken are no error, and the client asks for new ones.
fn ask_again(error: Error) -> Error {
    if error.code != ErrorCode::ContentModified {
        return error;
    }
    let data = serde_json::to_value(DiagnosticServerCancellationData::default()).ok();
    Error { code: ErrorCode::ServerError(-32802), data, ..error }
}

impl tower_lsp::LanguageServer for LanguageServer {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let support = ClientSupport::new(&params.capabilities, params.initialization_options.as_ref());
        let options = params.initialization_options.clone().unwrap_or_default();
        self.send(Message::Initialize { support, folders: folders(&params), options });
        let support = *self.support.get_or_init(|| support);
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Ok(InitializeResult {
            capabilities: server_capabilities(support),
            server_info: Some(ServerInfo { name: "orm".to_owned(), version: Some(version) }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.send(Message::Initialized);
        let Some(support) = self.support.get() else { return };
        self.register(support.watches_files.then(watched_files));
        self.register(support.watches_settings.then(watched_settings));
        if support.answers_settings {
            self.ask_for_settings();
        }
    }

    async fn shutdown(&self) -> Result<()> {
        self.send(Message::ClientGone);
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        self.send(Message::Open {
            uri: document.uri,
            version: document.version,
            language: document.language_id,
            text: document.text,
        });
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
        let events = params.changes.into_iter().filter_map(|it| Some((file_path(&it.uri)?, it.typ)));
        self.send(Message::FilesChanged(events.collect()));
    }

    async fn did_create_files(&self, params: CreateFilesParams) {
        self.files_changed(params.files.iter().map(|it| (&it.uri, FileChangeType::CREATED)));
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        let gone = params.files.iter().map(|it| (&it.old_uri, FileChangeType::DELETED));
        self.files_changed(gone.chain(params.files.iter().map(|it| (&it.new_uri, FileChangeType::CREATED))));
    }

    async fn did_delete_files(&self, params: DeleteFilesParams) {
        self.files_changed(params.files.iter().map(|it| (&it.uri, FileChangeType::DELETED)));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.support.get().is_some_and(|it| it.answers_settings) {
            self.ask_for_settings();
        } else {
            self.send(Message::Settings(section(params.settings)));
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

    async fn goto_declaration(&self, params: GotoDeclarationParams) -> Result<Option<GotoDeclarationResponse>> {
        self.goto_definition(params).await
    }

    async fn goto_type_definition(
        &self,
        params: GotoTypeDefinitionParams,
    ) -> Result<Option<GotoTypeDefinitionResponse>> {
        let place = params.text_document_position_params;
        self.read(place.text_document.uri, move |document| document.type_definition(place.position)).await
    }

    async fn goto_implementation(
        &self,
        params: GotoImplementationParams,
    ) -> Result<Option<GotoImplementationResponse>> {
        let place = params.text_document_position_params;
        self.read(place.text_document.uri, move |document| document.implementations(place.position)).await
    }

    async fn on_type_formatting(&self, params: DocumentOnTypeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let (place, typed) = (params.text_document_position, params.ch);
        self.read(place.text_document.uri, move |document| document.on_type_formatting(place.position, &typed)).await
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
        let read = move |snapshots: &[Snapshot]| {
            let mut symbols = Vec::new();
            for snapshot in snapshots {
                symbols.extend(snapshot.workspace_symbols(&query)?);
            }
            Ok(symbols)
        };
        let symbols = self.read_all(read).await?;
        answer_with(Json::of(&symbols)?);
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
        answer_with(Json::of(&answer.full())?);
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
        answer_with(Json::of(&found.transpose().map_err(refused)?.flatten())?);
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
        self.read(params.text_document.uri, move |document| document.code_actions(params.range, only.as_deref())).await
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

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let (uri, previous) = (params.text_document.uri, params.previous_result_id);
        let read = move |document: &DocumentSnapshot| document.diagnostic_report(previous.as_deref());
        let report = self.read(uri.clone(), read).await.map_err(ask_again)?;
        if let Some((id, report)) = report.transpose()? {
            self.send(Message::Answered { uri, id });
            answer_with(report);
        }
        Ok(DocumentDiagnosticReport::from(RelatedFullDocumentDiagnosticReport::default()).into())
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let (reply, answer) = oneshot::channel();
        self.send(Message::PullWorkspace(WorkspaceRequest::new(params, reply)));
        answer_with(answer.await.map_err(|_| Error::internal_error())?);
        Ok(WorkspaceDiagnosticReport::default().into())
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
    use crate::worker::Worker;

    #[tokio::test]
    async fn a_panic_costs_the_request_that_it_happens_in() {
        let (sender, receiver) = mpsc::channel();
        let (service, _socket) = LspService::new(|client| LanguageServer::new(client, sender.clone()));
        let server = service.inner();
        let outgoing = server.outgoing(Outbox::default());
        let worker = Worker::new(sender.clone(), receiver, outgoing, Handle::current());
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
