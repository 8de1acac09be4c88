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
//! | [`hover`] | what the word under the cursor is, and what it becomes in each database |
//! | [`document_symbols`] | the declarations of a file with their members |
//! | [`goto_definition`] | from a use of a name to where it is declared |
//! | [`completion`] | what may be typed at a place |
//! | [`references`] | where something is named |
//! | [`document_highlights`] | the same in one file, and what is done there |
//! | [`formatting`] | the edits that bring a file into its canonical form |

pub mod analysis;
pub mod completion;
pub mod diagnostics;
pub mod document_highlights;
pub mod document_symbols;
pub mod formatting;
pub mod goto_definition;
pub mod hover;
pub mod quick_fixes;
pub mod references;

mod ddl;
mod names;
mod search;
mod symbol;
mod symbol_at;

#[cfg(test)]
mod testing;

pub use analysis::{Analysis, AnalysisHost, Cancelled};
pub use completion::{Completion, CompletionItem, CompletionKind};
pub use diagnostics::{Diagnostic, FileEdit, FileFix, RelatedPlace};
pub use document_highlights::{Access, DocumentHighlight};
pub use document_symbols::{DocumentSymbol, SymbolKind};
pub use formatting::TextEdit;
pub use goto_definition::NavigationTarget;
pub use hover::Hover;
pub use orm_model::Targets;
pub use orm_schema_lang::{Severity, Workspace, diagnostics::Severities};
pub use quick_fixes::QuickFix;
pub use references::Reference;
