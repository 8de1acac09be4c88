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
    /// ```sql,postgres
    /// CREATE TABLE users (id UUID PRIMARY KEY, name TEXT NOT NULL, email TEXT, created_at TIMESTAMPTZ NOT NULL);
    /// CREATE TABLE posts (id UUID PRIMARY KEY, user_id UUID, title TEXT);
    /// SELECT u.name FROM users AS u UNION ALL SELECT p.title, p.id FROM posts AS p
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE users (id STRING(36) NOT NULL, name STRING(MAX) NOT NULL, email STRING(MAX), created_at TIMESTAMP NOT NULL) PRIMARY KEY (id);
    /// CREATE TABLE posts (id STRING(36) NOT NULL, user_id STRING(36), title STRING(MAX)) PRIMARY KEY (id);
    /// SELECT u.name FROM users AS u UNION ALL SELECT p.title, p.id FROM posts AS p
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
