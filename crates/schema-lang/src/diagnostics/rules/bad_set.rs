//! Queries whose rows do not fit together.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// The queries of a `union`, `intersect` or `except` give different columns.
    ///
    /// They have as many, and those in one place have types that go together.
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
    /// query names {
    ///   from users
    ///   select name
    ///   union_all { from posts select title, id }
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
    /// query names {
    ///   from users
    ///   select name
    ///   union_all { from posts select title }
    /// }
    /// ```
    BAD_SET: "QRY020", "bad-set", Error, oracle(Postgres, Spanner)
}

pub(crate) fn count(location: Location, first: usize, other: usize) -> Diagnostic {
    let columns = if first == 1 { "one column".to_owned() } else { format!("{first} columns") };
    BAD_SET.at(location, format!("the first query has {columns}, this one {other}")).help("select as many in each")
}

pub(crate) fn types(location: Location, name: &str, first: &str, other: &str) -> Diagnostic {
    BAD_SET
        .at(location, format!("`{name}` is {first} in the first query and {other} in this one"))
        .help("convert one of them: `… as text`")
}
