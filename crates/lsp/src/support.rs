//! What the client can do.

use std::path::PathBuf;

use lsp_types::{
    ClientCapabilities, CodeActionClientCapabilities, CompletionItemTag, DiagnosticTag, InitializeParams, MarkupKind,
    PositionEncodingKind, TagSupport,
};

use serde_json::Value;

use crate::{
    kinds::Kinds,
    line_index::PositionEncoding,
    options::{Hints, Lenses, has_command, wants_indexes},
    snapshot::{
        KnownKinds, SHOW_REFERENCES,
        migration::{CREATE_MIGRATION, SHOW_MIGRATION},
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
