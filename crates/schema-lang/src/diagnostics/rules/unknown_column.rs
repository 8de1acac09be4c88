//! A column that does not exist.

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule, written_name},
    lower::similar,
};

rule! {
    /// A key, index, check or reference names a column that its table does not have.
    ///
    /// Columns that a mixin brings count; what the database calls a column (`@db`) does not.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(nmae)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name)
    /// }
    /// ```
    UNKNOWN_COLUMN: "ORM031", "unknown-column", Error, language
}

pub(crate) fn report<'a>(
    location: Location,
    name: &str,
    table: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let finding = UNKNOWN_COLUMN.at(location, format!("{table} has no column `{name}`"));
    match similar(name, known) {
        Some(known) => finding.help(format!("did you mean `{known}`?")).fix(Fix::rename(&location, name, known)),
        None => finding.help("add the column, or name another one"),
    }
}

/// The same of the name of a value that would go into a column called alike.
pub(crate) fn of_value<'a>(
    location: Location,
    name: &str,
    table: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let finding = UNKNOWN_COLUMN.at(location, format!("`{table}` has no column `{name}`"));
    let Some(known) = similar(name, known).map(written_name) else {
        return finding.help(format!("say into which column it goes: `column: {name}`"));
    };
    let fix = Fix::offer(format!("Write it into `{known}`")).insert_before(&location, format!("{known}: "));
    finding.help(format!("did you mean `{known}`?")).fix(fix)
}

/// The same of a name in a text, of which no part can be changed by itself.
pub(crate) fn in_text<'a>(
    location: Location,
    name: &str,
    table: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let mut finding = report(location, name, &format!("`{table}`"), known);
    finding.fixes.clear();
    finding
}
