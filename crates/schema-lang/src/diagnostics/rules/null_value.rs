//! NULL for a column that must not be NULL.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// A value that may be NULL is written into a column that must not be.
    ///
    /// The database refuses the row then. `coalesce(…)` gives another value instead.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// mutation rename(id: uuid, name: text?) {
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
    /// mutation rename(id: uuid, name: text?) {
    ///   update users
    ///   set name = coalesce($name, "nobody")
    ///   where id = $id
    /// }
    /// ```
    NULL_VALUE: "QRY030", "null-value", Warning, policy
}

pub(crate) fn sometimes(location: Location, column: &str) -> Diagnostic {
    NULL_VALUE
        .at(location, format!("this may be NULL, and `{column}` must not be"))
        .help("write `coalesce(…, …)`, or let the column be NULL: `text?`")
}
