//! Editor features as plain data: paths, byte offsets, texts, edits. No protocol, no input or output.
//!
//! An [`AnalysisHost`] owns the files of one project and takes their changes; an [`Analysis`] is a snapshot of it that
//! other threads read. A change cancels the reads of older snapshots: they return [`Cancelled`].
//!
//! | module | subject |
//! |---|---|
//! | [`analysis`] | host, snapshots, cancellation |
//! | [`diagnostics`] | what is wrong in a file |
//! | [`quick_fixes`] | the edits that remove what is wrong |
//! | [`refactorings`] | what can be done at a place |
//! | [`hover`] | what the word under the cursor is, and what it becomes in each database |
//! | [`document_symbols`] | the declarations of a file with their members |
//! | [`goto_definition`] | from a use of a name to where it is declared |
//! | [`goto_type_definition`] | from a name to the enum or table that it is of |
//! | [`goto_implementations`] | from a mixin to the declarations that spread it |
//! | [`completion`] | what may be typed at a place |
//! | [`references`] | where something is named |
//! | [`rename`] | another name for something, wherever it is named |
//! | [`workspace_symbols`] | what is declared anywhere, by letters of its name |
//! | [`semantic_tokens`] | what each name is, for its colour |
//! | [`inlay_hints`] | what a line does not say: types in the databases, columns of mixins |
//! | [`signature_help`] | what the brackets around the cursor take |
//! | [`code_lens`] | how often a declaration is named |
//! | [`document_links`] | codes that lead to their pages |
//! | [`explain`] | what a rule means |
//! | [`folding`] | what can be folded |
//! | [`selection_ranges`] | what is selected when a selection grows |
//! | [`base`] | the schema that the migrations make |
//! | [`migration`] | what the next migration does, and what it costs |
//! | [`preview_ddl`] | the DDL of the whole project, and what of it is under the cursor |
//! | [`syntax_tree`] | the trees of a file as text |
//! | [`document_highlights`] | the same in one file, and what is done there |
//! | `linked_editing` | the places of a name that change together while one is typed |
//! | [`on_type_formatting`] | the layout of a declaration while somebody types it |
//! | [`formatting`] | the edits that bring a file into its canonical form |

pub mod analysis;
pub mod code_lens;
pub mod completion;
pub mod diagnostics;
pub mod document_highlights;
pub mod document_links;
pub mod document_symbols;
pub mod explain;
pub mod folding;
pub mod formatting;
pub mod goto_definition;
pub mod goto_implementations;
pub mod goto_type_definition;
pub mod hover;
pub mod inlay_hints;
mod linked_editing;
pub mod migration;
pub mod on_type_formatting;
pub mod preview_ddl;
pub mod quick_fixes;
pub mod refactorings;
pub mod references;
pub mod rename;
pub mod selection_ranges;
pub mod semantic_tokens;
pub mod signature_help;
pub mod syntax_tree;
pub mod workspace_symbols;

pub mod base;
mod ddl;
mod declared;
mod fix_all;
mod line_edits;
mod migrated;
mod names;
mod search;
mod symbol;
mod symbol_at;

#[cfg(test)]
mod testing;

pub use analysis::{Analysis, AnalysisHost, Cancelled, Canceller};
pub use base::{BaseSchema, MigrationFile};
pub use completion::{Completion, CompletionItem, CompletionKind};
pub use diagnostics::{CheckFindings, Diagnostic, FileEdit, FileFix, RelatedPlace};
pub use document_highlights::{Access, DocumentHighlight};
pub use document_links::DocumentLink;
pub use document_symbols::{DocumentSymbol, SymbolKind};
pub use explain::{Explanation, explain};
pub use folding::{FoldingKind, FoldingRange};
pub use formatting::TextEdit;
pub use goto_definition::NavigationTarget;
pub use hover::Hover;
pub use inlay_hints::{InlayHint, InlayHintKind};
pub use migration::{MigrationLens, MigrationPart, MigrationSection, MigrationView, NextMigration, errors_message};
pub use orm_model::{Dialect, Targets};
pub use orm_schema_lang::{
    Severity, Source, Workspace,
    diagnostics::Severities,
    source::{Lines, Mark, SourceDeclaration},
};
pub use preview_ddl::{DdlPlace, DdlPreview, ProjectDdl};
pub use quick_fixes::QuickFix;
pub use refactorings::{Refactoring, RefactoringKind};
pub use references::Reference;
pub use rename::{RenameEdit, RenameError, RenameReason, Renameable};
pub use semantic_tokens::{SemanticToken, SemanticTokenKind};
pub use signature_help::SignatureHelp;
pub use workspace_symbols::WorkspaceSymbol;
