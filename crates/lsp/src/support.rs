//! What the client can do, and what the server offers.

use std::path::PathBuf;

use lsp_types::{
    ClientCapabilities, CodeActionClientCapabilities, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    CompletionItemTag, CompletionOptions, DeclarationCapability, DiagnosticOptions, DiagnosticServerCapabilities,
    DiagnosticTag, DidChangeWatchedFilesRegistrationOptions, DocumentLinkOptions, DocumentOnTypeFormattingOptions,
    ExecuteCommandOptions, FileOperationFilter, FileOperationPattern, FileOperationPatternKind,
    FileOperationRegistrationOptions, FileSystemWatcher, FoldingRangeProviderCapability, GlobPattern,
    HoverProviderCapability, ImplementationProviderCapability, InitializeParams, LinkedEditingRangeServerCapabilities,
    MarkupKind, OneOf, PositionEncodingKind, Registration, RenameOptions, SelectionRangeProviderCapability,
    SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions, ServerCapabilities, SignatureHelpOptions,
    TagSupport, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TypeDefinitionProviderCapability, WatchKind, WorkDoneProgressOptions, WorkspaceFileOperationsServerCapabilities,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use orm_ide::{completion, on_type_formatting::TRIGGERS};
use serde_json::{Value, json};

use crate::{
    kinds::Kinds,
    line_index::PositionEncoding,
    options::SECTION,
    snapshot::{
        KINDS, KnownKinds, SHOW_REFERENCES,
        migration::{CREATE_MIGRATION, SHOW_MIGRATION},
        semantic_tokens::{MODIFIERS, TYPES},
    },
    to_protocol::{SOURCE, file_path},
};

/// What the client can do, as far as it matters.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ClientSupport {
    pub(crate) encoding: PositionEncoding,
    /// Symbols may have children.
    pub(crate) nested_symbols: bool,
    /// Hovers may be Markdown.
    pub(crate) markdown: bool,
    /// A definition or declaration, which are one here, may say what range it was asked from.
    pub(crate) definition_links: bool,
    /// The same of what a name is of.
    pub(crate) type_definition_links: bool,
    /// The same of the spreads of a mixin.
    pub(crate) implementation_links: bool,
    /// Diagnostics may name further places.
    pub(crate) related_places: bool,
    /// An answer to `codeAction` may hold edits, not only commands.
    pub(crate) code_actions: bool,
    /// The client asks for the edits of the action that is chosen.
    pub(crate) resolves_code_actions: bool,
    /// Code actions may say why they cannot be done.
    pub(crate) disabled_code_actions: bool,
    /// Diagnostics may link to their documentation.
    pub(crate) code_descriptions: bool,
    /// Completions may have places to fill in.
    pub(crate) snippets: bool,
    /// Completions may tell what is replaced and what is only inserted.
    pub(crate) insert_replace: bool,
    /// Completions may be marked as deprecated.
    pub(crate) completion_tags: bool,
    /// Completions may say behind each label what it is; otherwise that is shown of the selected one only.
    pub(crate) completion_label_details: bool,
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
    /// The client has a command that shows the next migration.
    pub(crate) shows_migration: bool,
    /// The client has a command that asks for the name of a migration.
    pub(crate) creates_migration: bool,
    /// The lenses that the user wants.
    pub(crate) lenses: Lenses,
    /// The client asks for lenses again when it is told to.
    pub(crate) refreshes_lenses: bool,
    /// The hints that the user wants.
    pub(crate) hints: Hints,
    /// A completed reference brings the index that it lacks.
    pub(crate) adds_indexes: bool,
    /// The client watches files for the server.
    pub(crate) watches_files: bool,
    /// The client asks for diagnostics, and can be told to ask again. Without that it would not learn how an edit changes
    /// other files, so it gets them sent.
    pub(crate) pulls_diagnostics: bool,
    /// The client shows what takes long.
    pub(crate) shows_progress: bool,
    /// Edits of several files may say what version of a document they are for.
    pub(crate) document_changes: bool,
    /// The edits of a rename may say why they are made.
    pub(crate) annotates_renames: bool,
    /// The client answers what its settings are.
    pub(crate) answers_settings: bool,
    /// The client can be asked to tell when its settings change.
    pub(crate) watches_settings: bool,
    /// The client can be told to ask for inlay hints again.
    pub(crate) refreshes_hints: bool,
    /// The client can be told to ask for semantic tokens again.
    pub(crate) refreshes_tokens: bool,
    /// Diagnostics may be marked as unnecessary.
    pub(crate) unnecessary_tag: bool,
    /// Diagnostics may be marked as deprecated.
    pub(crate) deprecated_tag: bool,
    /// The kinds of symbols of a document that the client knows.
    pub(crate) symbol_kinds: Kinds,
    /// The same of symbols of the project.
    pub(crate) workspace_symbol_kinds: Kinds,
    /// The same of completions.
    pub(crate) completion_kinds: Kinds,
    /// The same of code actions.
    pub(crate) code_action_kinds: KnownKinds,
}

/// The hints that a user wants: `{ "inlayHints": { "physicalTypes": false } }` in the options that the client sends when it
/// starts the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// The lenses that a user wants: `{ "lenses": { "migrations": false } }` in the same options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lenses {
    /// How often a declaration is named.
    pub(crate) references: bool,
    /// What the next migration does.
    pub(crate) migrations: bool,
}

impl Default for Lenses {
    fn default() -> Self {
        Lenses { references: true, migrations: true }
    }
}

impl Lenses {
    fn new(options: Option<&Value>) -> Self {
        let is_wanted = |name: &str| options.and_then(|it| it.get("lenses")?.get(name)?.as_bool()).unwrap_or(true);
        Lenses { references: is_wanted("references"), migrations: is_wanted("migrations") }
    }
}

/// Whether a completed reference brings an index: `{ "completion": { "foreignKeyIndexes": false } }` in the same options.
fn wants_indexes(options: Option<&Value>) -> bool {
    options.and_then(|it| it.get("completion")?.get("foreignKeyIndexes")?.as_bool()).unwrap_or(true)
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
        let edits = workspace.and_then(|it| it.workspace_edit.as_ref());
        let document_changes = edits.and_then(|it| it.document_changes).unwrap_or(false);
        let annotates_renames = document_changes
            && edits.is_some_and(|it| it.change_annotation_support.is_some())
            && document.and_then(|it| it.rename.as_ref()?.honors_change_annotations).unwrap_or(false);
        let hover_formats = document.and_then(|it| it.hover.as_ref()?.content_format.as_deref());
        let signature = document.and_then(|it| it.signature_help.as_ref()?.signature_information.as_ref());
        let completion = document.and_then(|it| it.completion.as_ref()?.completion_item.as_ref());
        let diagnostic_tags = document.and_then(|it| it.publish_diagnostics.as_ref()?.tag_support.as_ref());
        ClientSupport {
            snippets: completion.and_then(|it| it.snippet_support).unwrap_or(false),
            insert_replace: completion.and_then(|it| it.insert_replace_support).unwrap_or(false),
            completion_tags: has_tag(completion.and_then(|it| it.tag_support.as_ref()), &CompletionItemTag::DEPRECATED),
            completion_label_details: completion.and_then(|it| it.label_details_support).unwrap_or(false),
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
            shows_migration: has_command(options, SHOW_MIGRATION),
            creates_migration: has_command(options, CREATE_MIGRATION),
            lenses: Lenses::new(options),
            refreshes_lenses: workspace.and_then(|it| it.code_lens.as_ref()?.refresh_support).unwrap_or(false),
            hints: Hints::new(options),
            adds_indexes: wants_indexes(options),
            prepares_rename: document.and_then(|it| it.rename.as_ref()?.prepare_support).unwrap_or(false),
            encoding: match encodings {
                Some(offered) if offered.contains(&PositionEncodingKind::UTF8) => PositionEncoding::Utf8,
                Some(offered) if offered.contains(&PositionEncodingKind::UTF32) => PositionEncoding::Utf32,
                _ => PositionEncoding::Utf16,
            },
            nested_symbols: document
                .and_then(|it| it.document_symbol.as_ref()?.hierarchical_document_symbol_support)
                .unwrap_or(false),
            markdown: hover_formats.is_some_and(|it| it.contains(&MarkupKind::Markdown)),
            definition_links: document.and_then(|it| it.definition.as_ref()?.link_support).unwrap_or(false)
                && document.and_then(|it| it.declaration.as_ref()).is_none_or(|it| it.link_support.unwrap_or(false)),
            type_definition_links: document.and_then(|it| it.type_definition.as_ref()?.link_support).unwrap_or(false),
            implementation_links: document.and_then(|it| it.implementation.as_ref()?.link_support).unwrap_or(false),
            related_places: document
                .and_then(|it| it.publish_diagnostics.as_ref()?.related_information)
                .unwrap_or(false),
            code_actions: document
                .is_some_and(|it| it.code_action.as_ref().is_some_and(|it| it.code_action_literal_support.is_some())),
            resolves_code_actions: document.and_then(|it| it.code_action.as_ref()).is_some_and(resolves_edits),
            disabled_code_actions: document.and_then(|it| it.code_action.as_ref()?.disabled_support).unwrap_or(false),
            code_descriptions: document
                .and_then(|it| it.publish_diagnostics.as_ref()?.code_description_support)
                .unwrap_or(false),
            pulls_diagnostics: document.is_some_and(|it| it.diagnostic.is_some())
                && workspace.and_then(|it| it.diagnostic.as_ref()?.refresh_support).unwrap_or(false),
            shows_progress: capabilities.window.as_ref().and_then(|it| it.work_done_progress).unwrap_or(false),
            document_changes,
            annotates_renames,
            answers_settings: workspace.and_then(|it| it.configuration).unwrap_or(false),
            watches_settings: workspace
                .and_then(|it| it.did_change_configuration.as_ref()?.dynamic_registration)
                .unwrap_or(false),
            refreshes_tokens: workspace.and_then(|it| it.semantic_tokens.as_ref()?.refresh_support).unwrap_or(false),
            refreshes_hints: workspace.and_then(|it| it.inlay_hint.as_ref()?.refresh_support).unwrap_or(false),
            unnecessary_tag: has_tag(diagnostic_tags, &DiagnosticTag::UNNECESSARY),
            deprecated_tag: has_tag(diagnostic_tags, &DiagnosticTag::DEPRECATED),
            symbol_kinds: Kinds::new(
                document.and_then(|it| it.document_symbol.as_ref()?.symbol_kind.as_ref()?.value_set.as_deref()),
            ),
            workspace_symbol_kinds: Kinds::new(
                workspace.and_then(|it| it.symbol.as_ref()?.symbol_kind.as_ref()?.value_set.as_deref()),
            ),
            completion_kinds: Kinds::new(
                document.and_then(|it| it.completion.as_ref()?.completion_item_kind.as_ref()?.value_set.as_deref()),
            ),
            code_action_kinds: document
                .and_then(|it| it.code_action.as_ref()?.code_action_literal_support.as_ref())
                .map(|it| KnownKinds::new(&it.code_action_kind.value_set))
                .unwrap_or_default(),
            watches_files: workspace
                .and_then(|it| it.did_change_watched_files.as_ref()?.dynamic_registration)
                .unwrap_or(false),
        }
    }
}

impl ClientSupport {
    /// The same client, whose user wants something else.
    pub(crate) fn with_options(self, options: &Value) -> Self {
        let options = Some(options);
        ClientSupport {
            hints: Hints::new(options),
            lenses: Lenses::new(options),
            adds_indexes: wants_indexes(options),
            ..self
        }
    }
}

/// Whether a client knows a tag. An old one says that it knows all there are, which is read as an empty list.
fn has_tag<T: PartialEq>(support: Option<&TagSupport<T>>, tag: &T) -> bool {
    support.is_some_and(|it| it.value_set.is_empty() || it.value_set.contains(tag))
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
