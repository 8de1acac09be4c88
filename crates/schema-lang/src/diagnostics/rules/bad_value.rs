//! A value that a column does not take.

use orm_model::ColumnType;

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// A value that is written is none that its column takes.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// mutation rename(id: uuid, name: bigint) {
    ///   update users
    ///   set name = $name
    ///   where id = $id
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// mutation rename(id: uuid, name: text) {
    ///   update users
    ///   set name = $name
    ///   where id = $id
    /// }
    /// ```
    BAD_VALUE: "QRY029", "bad-value", Error, language
}

pub(crate) fn report(location: Location, column_type: &ColumnType, complaint: &str) -> Diagnostic {
    BAD_VALUE
        .at(location, format!("a value of type `{column_type}` must stand here: {complaint}"))
        .help(format!("write a `{column_type}`, or convert the value with `as`"))
}

pub(crate) fn json(location: Location) -> Diagnostic {
    BAD_VALUE
        .at(location, "JSON with values in it that are not written out")
        .help("give the whole of it as a parameter: `settings: jsonb`")
}

pub(crate) fn row(location: Location) -> Diagnostic {
    BAD_VALUE.at(location, "a row stands in braces").help("write `values { $id, name: \"…\" }`")
}

pub(crate) fn no_default(location: Location, column: &str) -> Diagnostic {
    BAD_VALUE
        .at(location, format!("`{column}` has no default, and must not be NULL"))
        .help("write a value, or give the column a default")
}

pub(crate) fn null(location: Location, column: &str) -> Diagnostic {
    BAD_VALUE.at(location, format!("`{column}` must not be NULL")).help("write a value, or leave the column out")
}
