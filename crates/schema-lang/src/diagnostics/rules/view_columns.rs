//! A view whose columns nobody knows.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// A query reads a view of raw SQL, whose columns are not known.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// view names = sql("SELECT u.name FROM users AS u")
    /// query all_names {
    ///   from names
    ///   select name
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
    /// query all_names {
    ///   from users
    ///   select name
    /// }
    /// ```
    VIEW_COLUMNS: "QRY024", "view-columns", Error, language
}

pub(crate) fn report(location: Location, name: &str) -> Diagnostic {
    VIEW_COLUMNS
        .at(location, format!("`{name}` is raw SQL: its columns are not known"))
        .help("read the tables themselves")
}
