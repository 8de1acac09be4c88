//! Requests beside the protocol: their parameters and answers. `docs/editor.md` describes them.

use lsp_types::{Position, Range, TextDocumentIdentifier, Uri};
use serde::{Deserialize, Serialize};

/// `orm/previewDdl`
pub(crate) const PREVIEW_DDL: &str = "orm/previewDdl";
/// `orm/previewMigration`
pub(crate) const PREVIEW_MIGRATION: &str = "orm/previewMigration";
/// `orm/syntaxTree`
pub(crate) const SYNTAX_TREE: &str = "orm/syntaxTree";
/// `orm/explain`
pub(crate) const EXPLAIN: &str = "orm/explain";

/// Asks for the DDL of the project.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PreviewDdlParams {
    pub(crate) text_document: TextDocumentIdentifier,
    pub(crate) position: Option<Position>,
    /// The texts that the client has.
    #[serde(default)]
    pub(crate) previous_result_ids: Vec<String>,
}

/// The DDL of one database.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PreviewDdl {
    pub(crate) dialect: &'static str,
    pub(crate) title: &'static str,
    pub(crate) language_id: &'static str,
    pub(crate) result_id: String,
    /// `None` where the client has it.
    pub(crate) text: Option<String>,
    pub(crate) selection: Vec<LineRange>,
    pub(crate) changed: Option<Vec<LineRange>>,
    pub(crate) missing: Vec<String>,
}

/// Lines counted from 0, the last one included.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LineRange {
    pub(crate) start_line: usize,
    pub(crate) end_line: usize,
}

/// Asks for the next migration.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PreviewMigrationParams {
    pub(crate) text_document: TextDocumentIdentifier,
    pub(crate) position: Option<Position>,
}

/// What the next migration tells one database.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PreviewMigration {
    pub(crate) dialect: &'static str,
    pub(crate) title: &'static str,
    pub(crate) language_id: &'static str,
    pub(crate) summary: String,
    pub(crate) text: String,
}

/// Asks for the syntax tree.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SyntaxTreeParams {
    pub(crate) text_document: TextDocumentIdentifier,
    pub(crate) range: Option<Range>,
}

/// Asks what a rule means.
#[derive(Debug, Deserialize)]
pub(crate) struct ExplainParams {
    pub(crate) code: String,
}

/// What a rule means.
#[derive(Debug, Serialize)]
pub(crate) struct Explanation {
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    pub(crate) url: String,
    pub(crate) markdown: String,
}

/// The argument of the command that creates a migration.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CreateMigration {
    /// A document of the project.
    pub(crate) text_document: Option<TextDocumentIdentifier>,
    /// The folder of the project.
    pub(crate) project: Option<Uri>,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) accept_data_loss: bool,
    #[serde(default)]
    pub(crate) empty: bool,
}

/// What was created.
#[derive(Debug, Serialize)]
pub(crate) struct CreatedMigration {
    pub(crate) files: Vec<Uri>,
    pub(crate) notes: Vec<String>,
}

/// Why nothing was created: the data of the error.
#[derive(Debug, Serialize)]
#[serde(tag = "reason", rename_all = "camelCase")]
pub(crate) enum Refusal {
    DataLoss { losses: Vec<String> },
    Unsaved { files: Vec<Uri> },
    Errors,
    Migrations,
    Failed,
}
