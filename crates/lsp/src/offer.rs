//! What the server offers a client.

use lsp_types::{
    CodeActionOptions, CodeActionProviderCapability, CodeLensOptions, CompletionOptions, DeclarationCapability,
    DiagnosticOptions, DiagnosticServerCapabilities, DidChangeWatchedFilesRegistrationOptions, DocumentLinkOptions,
    DocumentOnTypeFormattingOptions, ExecuteCommandOptions, FileOperationFilter, FileOperationPattern,
    FileOperationPatternKind, FileOperationRegistrationOptions, FileSystemWatcher, FoldingRangeProviderCapability,
    GlobPattern, HoverProviderCapability, ImplementationProviderCapability, LinkedEditingRangeServerCapabilities,
    OneOf, PositionEncodingKind, Registration, RenameOptions, SelectionRangeProviderCapability,
    SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions, ServerCapabilities, SignatureHelpOptions,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, TypeDefinitionProviderCapability,
    WatchKind, WorkDoneProgressOptions, WorkspaceFileOperationsServerCapabilities, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};
use orm_ide::{completion, on_type_formatting::TRIGGERS};
use serde_json::json;

use crate::{
    line_index::PositionEncoding,
    options::SECTION,
    snapshot::{
        KINDS,
        migration::CREATE_MIGRATION,
        semantic_tokens::{MODIFIERS, TYPES},
    },
    support::ClientSupport,
    to_protocol::SOURCE,
};

/// What the server answers to `initialize`.
pub(crate) fn server_capabilities(support: ClientSupport) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(match support.encoding {
            PositionEncoding::Utf8 => PositionEncodingKind::UTF8,
            PositionEncoding::Utf32 => PositionEncodingKind::UTF32,
            PositionEncoding::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        declaration_provider: Some(DeclarationCapability::Simple(true)),
        type_definition_provider: Some(TypeDefinitionProviderCapability::Simple(true)),
        implementation_provider: Some(ImplementationProviderCapability::Simple(true)),
        document_on_type_formatting_provider: on_type_formatting(),
        completion_provider: Some(CompletionOptions {
            resolve_provider: Some(true),
            trigger_characters: Some(completion::TRIGGERS.map(String::from).to_vec()),
            ..CompletionOptions::default()
        }),
        rename_provider: Some(match support.prepares_rename {
            true => OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            false => OneOf::Left(true),
        }),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        inlay_hint_provider: Some(OneOf::Left(true)),
        signature_help_provider: Some(SignatureHelpOptions {
            trigger_characters: Some(["(", ","].map(str::to_owned).to_vec()),
            ..SignatureHelpOptions::default()
        }),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(true) }),
        // A client that has a command of this name registers it itself, and sends the request when it is time.
        execute_command_provider: (!support.creates_migration).then(|| ExecuteCommandOptions {
            commands: vec![CREATE_MIGRATION.to_owned()],
            ..ExecuteCommandOptions::default()
        }),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: None,
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        semantic_tokens_provider: Some(
            SemanticTokensOptions {
                legend: SemanticTokensLegend { token_types: TYPES.to_vec(), token_modifiers: MODIFIERS.to_vec() },
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
                ..SemanticTokensOptions::default()
            }
            .into(),
        ),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        linked_editing_range_provider: Some(LinkedEditingRangeServerCapabilities::Simple(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        code_action_provider: support.code_actions.then(|| {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(KINDS.to_vec()),
                resolve_provider: support.resolves_code_actions.then_some(true),
                ..CodeActionOptions::default()
            })
        }),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        diagnostic_provider: support.pulls_diagnostics.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some(SOURCE.to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: Some(file_operations()),
        }),
        ..ServerCapabilities::default()
    }
}

/// What a person does in the editor with schema files, and with folders, which may hold some.
fn file_operations() -> WorkspaceFileOperationsServerCapabilities {
    let filter = |glob: &str, kind| FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern { glob: glob.to_owned(), matches: Some(kind), options: None },
    };
    let files = filter("**/*.{orm,sql}", FileOperationPatternKind::File);
    let settings = filter("**/orm.toml", FileOperationPatternKind::File);
    let folders = filter("**", FileOperationPatternKind::Folder);
    let all = FileOperationRegistrationOptions { filters: vec![files, settings, folders] };
    WorkspaceFileOperationsServerCapabilities {
        did_create: Some(all.clone()),
        did_rename: Some(all.clone()),
        did_delete: Some(all),
        ..WorkspaceFileOperationsServerCapabilities::default()
    }
}

fn on_type_formatting() -> Option<DocumentOnTypeFormattingOptions> {
    let mut triggers = TRIGGERS.into_iter().map(String::from);
    let first_trigger_character = triggers.next()?;
    Some(DocumentOnTypeFormattingOptions { first_trigger_character, more_trigger_character: Some(triggers.collect()) })
}

/// Asks the client to tell when our settings change.
pub(crate) fn watched_settings() -> Registration {
    Registration {
        id: "orm-settings".to_owned(),
        method: "workspace/didChangeConfiguration".to_owned(),
        register_options: Some(json!({ "section": SECTION })),
    }
}

/// Asks the client to tell when schema files and settings change on disk.
pub(crate) fn watched_files() -> Registration {
    let watch = |glob: &str, kind| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind };
    let files = ["**/*.orm", "**/orm.toml", "**/*.sql", "**/.gitignore"].map(|it| watch(it, None));
    // Of a folder that is deleted nothing else is told.
    let folders = watch("**", Some(WatchKind::Delete));
    let watchers = files.into_iter().chain([folders]).collect();
    let options = DidChangeWatchedFilesRegistrationOptions { watchers };
    Registration {
        id: "orm-files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    }
}
