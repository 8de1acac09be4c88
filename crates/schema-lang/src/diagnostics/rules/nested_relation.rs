//! A relation where values are wanted.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// A relation is selected in a query whose rows are read by another one, or grouped.
    ///
    /// Rows in rows are for the caller: they stand in the outermost query, and in relations.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id)
    ///   title    text
    /// }
    /// query authors {
    ///   with all { from users select name, posts { title } }
    ///   from all
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
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id)
    ///   title    text
    /// }
    /// query authors {
    ///   from users
    ///   select name, posts { title }
    /// }
    /// ```
    NESTED_RELATION: "QRY022", "nested-relation", Error, language
}

pub(crate) fn report(location: Location, name: &str) -> Diagnostic {
    NESTED_RELATION
        .at(location, format!("`{name}` holds rows, and this query is read by another one"))
        .help("select it in the outermost query, or join the table")
}

pub(crate) fn grouped(location: Location, name: &str) -> Diagnostic {
    NESTED_RELATION
        .at(location, format!("`{name}` holds the rows of one row, and the query groups"))
        .help("group in a query of its own, and read that one")
}
