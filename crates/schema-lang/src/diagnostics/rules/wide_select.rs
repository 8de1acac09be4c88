//! Everything of a wide table.

use orm_model::ScalarType;

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule, written_name},
    lower::query::names::SourceColumn,
};

/// More columns than anybody looks at.
const MANY_COLUMNS: usize = 20;

rule! {
    /// `*` reads everything of a wide table, or columns that hold much.
    ///
    /// JSON, bytes and dozens of columns travel to the caller with each row, and no index covers them. Named
    /// columns also keep the stubs as they are when the table grows.
    ///
    /// ```orm,bad
    /// table documents {
    ///   id       uuid   @primary_key
    ///   title    text
    ///   content  bytes
    /// }
    /// query titles {
    ///   from documents
    ///   select *
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table documents {
    ///   id       uuid   @primary_key
    ///   title    text
    ///   content  bytes
    /// }
    /// query titles {
    ///   from documents
    ///   select id, title
    /// }
    /// ```
    WIDE_SELECT: "PERF040", "wide-select", Hint, policy
}

/// The finding, if the columns are many or hold much.
pub(crate) fn report(location: Location, columns: &[&SourceColumn]) -> Option<Diagnostic> {
    let large = columns.iter().find(|it| it.column_type.as_ref().is_some_and(|it| is_large(&it.scalar)));
    let message = match large {
        Some(column) => format!("`*` reads `{}` as well, which may be large", column.declared_name),
        None if columns.len() > MANY_COLUMNS => format!("`*` reads {} columns", columns.len()),
        None => return None,
    };
    let names: Vec<_> = columns.iter().map(|it| written_name(&it.declared_name)).collect();
    let is_clear = names.iter().enumerate().all(|(index, name)| !names[..index].contains(name));
    let fix = Fix::offer("Name the columns");
    let fix = if is_clear { fix.replace(&location, names.join(", ")) } else { fix };
    Some(WIDE_SELECT.at(location, message).help("name the columns that are needed").fix(fix))
}

/// Whether a value may be much larger than a row.
const fn is_large(scalar: &ScalarType) -> bool {
    matches!(scalar, ScalarType::Json | ScalarType::Jsonb | ScalarType::Bytes(None))
}
