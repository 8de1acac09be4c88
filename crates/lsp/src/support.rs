//! What the client can do, and what the server offers.

use std::path::PathBuf;

use lsp_types::{
    ClientCapabilities, CodeActionClientCapabilities, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    CompletionOptions, DidChangeWatchedFilesRegistrationOptions, DocumentLinkOptions, FileSystemWatcher,
    FoldingRangeProviderCapability, GlobPattern, HoverProviderCapability, InitializeParams, MarkupKind, OneOf,
    PositionEncodingKind, Registration, RenameOptions, SelectionRangeProviderCapability, SemanticTokensFullOptions,
    SemanticTokensLegend, SemanticTokensOptions, ServerCapabilities, SignatureHelpOptions, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};

use serde_json::Value;

use crate::{
    line_index::PositionEncoding,
    snapshot::{
        KINDS, SHOW_REFERENCES,
        semantic_tokens::{MODIFIERS, TYPES},
    },
    to_protocol::file_path,
};

/// What the client can do, as far as it matters.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ClientSupport {
    pub(crate) encoding: PositionEncoding,
    /// Symbols may have children.
    pub(crate) nested_symbols: bool,
    /// Hovers may be Markdown.
    pub(crate) markdown: bool,
    /// A definition may say what range it was asked from.
    pub(crate) definition_links: bool,
    /// Diagnostics may name further places.
    pub(crate) related_places: bool,
    /// An answer to `codeAction` may hold edits, not only commands.
    pub(crate) code_actions: bool,
    /// The client asks for the edits of the action that is chosen.
    pub(crate) resolves_code_actions: bool,
    /// Diagnostics may link to their documentation.
    pub(crate) code_descriptions: bool,
    /// Completions may have places to fill in.
    pub(crate) snippets: bool,
    /// Completions may tell what is replaced and what is only inserted.
    pub(crate) insert_replace: bool,
    /// Completions may be marked as deprecated.
    pub(crate) completion_tags: bool,
    /// The documentation of completions may be Markdown.
    pub(crate) completion_markdown: bool,
    /// The client asks what can be renamed before it asks for a name.
    pub(crate) prepares_rename: bool,
    /// Signatures may say where their parameters stand.
    pub(crate) label_offsets: bool,
    /// The documentation of signatures may be Markdown.
    pub(crate) signature_markdown: bool,
    /// The client has a command that shows references.
    pub(crate) shows_references: bool,
    /// The hints that the user wants.
    pub(crate) hints: Hints,
    /// A completed reference brings the index that it lacks.
    pub(crate) adds_indexes: bool,
    /// The client watches files for the server.
    pub(crate) watches_files: bool,
}

/// The hints that a user wants: `{ "inlayHints": { "physicalTypes": false } }` in the options that the client sends when it
/// starts the server.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hints {
    /// The types of columns in the databases.
    pub(crate) physical_types: bool,
    /// The columns that a mixin brings.
    pub(crate) mixin_columns: bool,
    /// Which results of a query may be NULL.
    pub(crate) nullability: bool,
}

impl Default for Hints {
    fn default() -> Self {
        Hints { physical_types: true, mixin_columns: true, nullability: true }
    }
}

impl Hints {
    fn new(options: Option<&Value>) -> Self {
        let is_wanted = |name: &str| options.and_then(|it| it.get("inlayHints")?.get(name)?.as_bool()).unwrap_or(true);
        Hints {
            physical_types: is_wanted("physicalTypes"),
            mixin_columns: is_wanted("mixinColumns"),
            nullability: is_wanted("nullability"),
        }
    }
}

/// Whether the options say that the client has a command of ours.
fn has_command(options: Option<&Value>, name: &str) -> bool {
    let commands = options.and_then(|it| it.get("commands")?.as_array());
    commands.is_some_and(|it| it.iter().any(|it| it == name))
}

impl ClientSupport {
    pub(crate) fn new(capabilities: &ClientCapabilities, options: Option<&Value>) -> Self {
        let encodings = capabilities.general.as_ref().and_then(|it| it.position_encodings.as_deref());
        let document = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let hover_formats = document.and_then(|it| it.hover.as_ref()?.content_format.as_deref());
        let signature = document.and_then(|it| it.signature_help.as_ref()?.signature_information.as_ref());
        let completion = document.and_then(|it| it.completion.as_ref()?.completion_item.as_ref());
        ClientSupport {
            snippets: completion.and_then(|it| it.snippet_support).unwrap_or(false),
            insert_replace: completion.and_then(|it| it.insert_replace_support).unwrap_or(false),
            completion_tags: completion.is_some_and(|it| it.tag_support.is_some()),
            completion_markdown: completion
                .and_then(|it| it.documentation_format.as_deref())
                .is_some_and(|it| it.contains(&MarkupKind::Markdown)),
            label_offsets: signature
                .and_then(|it| it.parameter_information.as_ref()?.label_offset_support)
                .unwrap_or(false),
            signature_markdown: signature
                .and_then(|it| it.documentation_format.as_deref())
                .is_some_and(|it| it.contains(&MarkupKind::Markdown)),
            shows_references: has_command(options, SHOW_REFERENCES),
            hints: Hints::new(options),
            adds_indexes: options
                .and_then(|it| it.get("completion")?.get("foreignKeyIndexes")?.as_bool())
                .unwrap_or(true),
            prepares_rename: document.and_then(|it| it.rename.as_ref()?.prepare_support).unwrap_or(false),
            encoding: match encodings {
                Some(offered) if offered.contains(&PositionEncodingKind::UTF8) => PositionEncoding::Utf8,
                _ => PositionEncoding::Utf16,
            },
            nested_symbols: document
                .and_then(|it| it.document_symbol.as_ref()?.hierarchical_document_symbol_support)
                .unwrap_or(false),
            markdown: hover_formats.is_some_and(|it| it.contains(&MarkupKind::Markdown)),
            definition_links: document.and_then(|it| it.definition.as_ref()?.link_support).unwrap_or(false),
            related_places: document
                .and_then(|it| it.publish_diagnostics.as_ref()?.related_information)
                .unwrap_or(false),
            code_actions: document
                .is_some_and(|it| it.code_action.as_ref().is_some_and(|it| it.code_action_literal_support.is_some())),
            resolves_code_actions: document.and_then(|it| it.code_action.as_ref()).is_some_and(resolves_edits),
            code_descriptions: document
                .and_then(|it| it.publish_diagnostics.as_ref()?.code_description_support)
                .unwrap_or(false),
            watches_files: workspace
                .and_then(|it| it.did_change_watched_files.as_ref()?.dynamic_registration)
                .unwrap_or(false),
        }
    }
}

/// Whether a client asks for the edits of an action by what stands in its data.
fn resolves_edits(actions: &CodeActionClientCapabilities) -> bool {
    let properties = actions.resolve_support.as_ref().map(|it| it.properties.as_slice()).unwrap_or_default();
    actions.data_support == Some(true) && properties.iter().any(|it| it == "edit")
}

/// The folders that the client has open. Clients before version 3.6 of the protocol name one only.
pub(crate) fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    if let Some(folders) = &params.workspace_folders {
        return folders.iter().filter_map(|folder| file_path(&folder.uri)).collect();
    }
    #[expect(deprecated, reason = "older clients know nothing else")]
    let root = params.root_uri.as_ref();
    root.and_then(file_path).into_iter().collect()
}

pub(crate) fn server_capabilities(support: ClientSupport) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(match support.encoding {
            PositionEncoding::Utf8 => PositionEncodingKind::UTF8,
            PositionEncoding::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        completion_provider: Some(CompletionOptions {
            resolve_provider: Some(true),
            trigger_characters: Some(["@", ".", "$", "(", "=", ":"].map(str::to_owned).to_vec()),
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
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        ..ServerCapabilities::default()
    }
}

/// Asks the client to tell when schema files and settings change on disk.
pub(crate) fn watched_files() -> Registration {
    let watch = |glob: &str| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind: None };
    let options = DidChangeWatchedFilesRegistrationOptions {
        watchers: vec![watch("**/*.orm"), watch("**/orm.toml"), watch("**/*.sql")],
    };
    Registration {
        id: "orm-files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    }
}
