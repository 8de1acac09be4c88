//! Edits of what a mutation writes.

use orm_model::{Column, query::QueryParameter};

use crate::{
    diagnostics::{Fix, written_name},
    item::{Anchor, ExpressionItem, ExpressionKind, Name},
    lower::{
        Scope,
        shape::{ColumnShape, Signature},
    },
};

/// Takes a value out of a row: `name: value`, or `$name`.
pub(super) fn without_value(scope: &Scope<'_>, name: &Name, value: &ExpressionItem) -> Fix {
    match is_shorthand(name, value) {
        true => leave_out(&name.text).remove(&scope.at(value.anchor)),
        false => leave_out(&name.text).remove_through(&scope.at(name.anchor), value.anchor),
    }
}

/// `$email` for `email: $email`
pub(super) fn is_shorthand(name: &Name, value: &ExpressionItem) -> bool {
    matches!(&value.kind, ExpressionKind::Parameter(Some(it)) if it.anchor == name.anchor)
}

pub(super) fn leave_out(name: &str) -> Fix {
    Fix::offer(format!("Leave `{name}` out"))
}

/// Lets the caller give what a row lacks, with a parameter for each column.
pub(super) fn with_parameters(
    scope: &Scope<'_>,
    known: &[QueryParameter],
    lacking: &[&Column],
    row: Anchor,
    behind: Option<Anchor>,
) -> Option<Fix> {
    let new = lacking.iter().filter(|it| known.iter().all(|parameter| parameter.name != it.declared_name()));
    let declared: Vec<_> = new.map(|it| format!("{}: {}", written_name(it.declared_name()), it.column_type)).collect();
    let values: Vec<_> = lacking.iter().map(|it| format!("${}", it.declared_name())).collect();
    let (values, declared) = (values.join(", "), declared.join(", "));
    let fix = Fix::offer(format!("Let the caller give {values}"));
    let fix = match behind {
        Some(last) => fix.insert_after(&scope.at(last), format!(", {values}")),
        None => fix.replace(&scope.at(row), format!("{{ {values} }}")),
    };
    if declared.is_empty() {
        return Some(fix);
    }
    let item = scope.home.item(scope.db);
    let last = item.query.as_ref().and_then(|it| it.parameters.last());
    Some(match last {
        Some(last) => fix.insert_after(&scope.at(last.anchor), format!(", {declared}")),
        None => fix.insert_after(&scope.at(item.name.as_ref()?.anchor), format!("({declared})")),
    })
}

/// The primary key of a table, as the text calls it.
pub(super) fn written_key(table: &Signature, columns: &[ColumnShape]) -> Option<String> {
    let declared =
        |name: &str| columns.iter().find(|it| it.column.name == name).map(|it| written_name(it.declared_name()));
    let key = table.primary_key.iter().map(|it| declared(&it.name));
    key.collect::<Option<Vec<_>>>().map(|it| it.join(", ")).filter(|it| !it.is_empty())
}
