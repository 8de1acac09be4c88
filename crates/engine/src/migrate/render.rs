//! Writing a migration file: the counterpart of [`file`](super::file).

use std::fmt::Write as _;

use orm_model::Dialect;

use crate::plan::{Statement, Unsupported};

use super::{
    checksum,
    file::{DIRECTIVE, Direction, FORMAT_VERSION},
};

/// What a new file says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    /// Names and content hashes of the migrations that it is created on.
    pub(crate) parents: Vec<(String, String)>,
    /// What it loses.
    pub(crate) data_loss: Vec<String>,
    /// The SQL sections.
    pub(crate) sections: Vec<Section>,
    /// The changes, each as one line of JSON.
    pub(crate) changes: Vec<String>,
}

/// A section of SQL.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) dialect: Dialect,
    pub(crate) direction: Direction,
    /// The statements, each with what a reviewer should know.
    pub(crate) statements: Vec<(String, Option<String>)>,
    /// Why a person must write the rest.
    pub(crate) unsupported: Vec<String>,
    /// A comment where there is no statement.
    pub(crate) note: &'static str,
}

/// The text of a file.
pub(crate) fn render(draft: &Draft) -> String {
    let mut text = format!("{DIRECTIVE}migration {FORMAT_VERSION}\n");
    for parent in parent_lines(&draft.parents) {
        text += &parent;
        text.push('\n');
    }
    let content = checksum::content(draft.changes.iter().map(String::as_str));
    _ = writeln!(text, "{DIRECTIVE}content {content}");
    for loss in &draft.data_loss {
        _ = writeln!(text, "{DIRECTIVE}data-loss {}", one_line(loss));
    }
    for section in &draft.sections {
        push_section(&mut text, section);
    }
    if !draft.changes.is_empty() {
        text += "\n-- What the migration does to the model; written by `orm`, not to be edited.\n";
    }
    for change in &draft.changes {
        _ = writeln!(text, "{DIRECTIVE}change {change}");
    }
    text
}

/// The `orm:parent` lines.
pub(crate) fn parent_lines(parents: &[(String, String)]) -> Vec<String> {
    if parents.is_empty() {
        return vec![format!("{DIRECTIVE}parent none")];
    }
    parents.iter().map(|(name, content)| format!("{DIRECTIVE}parent {name} {content}")).collect()
}

fn push_section(text: &mut String, section: &Section) {
    _ = writeln!(text, "\n{DIRECTIVE}{} {}", section.dialect, section.direction.name());
    push_statements(text, &section.unsupported, &section.statements);
    if section.statements.is_empty() && section.unsupported.is_empty() && !section.note.is_empty() {
        _ = writeln!(text, "-- {}", section.note);
    }
}

/// What a section says of these statements, and of what cannot be one.
pub fn section_text<'a>(
    unsupported: impl IntoIterator<Item = &'a Unsupported>,
    statements: impl IntoIterator<Item = &'a Statement>,
) -> String {
    let unsupported: Vec<_> = unsupported.into_iter().map(ToString::to_string).collect();
    let statements: Vec<_> = statements.into_iter().map(|it| (it.sql.clone(), it.note.clone())).collect();
    let mut text = String::new();
    push_statements(&mut text, &unsupported, &statements);
    text
}

/// Statements of several lines stand apart.
fn push_statements(text: &mut String, unsupported: &[String], statements: &[(String, Option<String>)]) {
    for reason in unsupported {
        _ = writeln!(text, "{DIRECTIVE}unsupported {}", one_line(reason));
    }
    let mut before_is_long = false;
    for (index, (statement, note)) in statements.iter().enumerate() {
        let statement = statement.trim_end().trim_end_matches(';');
        let is_long = statement.contains('\n') || note.is_some();
        if index > 0 && (is_long || before_is_long) {
            text.push('\n');
        }
        for line in note.iter().flat_map(|it| it.lines()) {
            _ = writeln!(text, "-- {line}");
        }
        _ = writeln!(text, "{statement};");
        before_is_long = is_long;
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
