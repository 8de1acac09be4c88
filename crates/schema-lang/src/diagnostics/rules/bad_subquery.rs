//! A query in an expression that gives no value.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// A query that stands in an expression has another number of columns than is asked for.
    ///
    /// As a value it gives one; beside `in` as many as are looked for.
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
    ///   from users
    ///   where id in { from posts select user_id, title }
    ///   select name
    /// }
    /// ```
    ///
    /// ```sql,postgres
    /// CREATE TABLE users (id UUID PRIMARY KEY, name TEXT NOT NULL, email TEXT, created_at TIMESTAMPTZ NOT NULL);
    /// CREATE TABLE posts (id UUID PRIMARY KEY, user_id UUID, title TEXT);
    /// SELECT u.name FROM users AS u WHERE u.id IN (SELECT p.user_id, p.title FROM posts AS p)
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE users (id STRING(36) NOT NULL, name STRING(MAX) NOT NULL, email STRING(MAX), created_at TIMESTAMP NOT NULL) PRIMARY KEY (id);
    /// CREATE TABLE posts (id STRING(36) NOT NULL, user_id STRING(36), title STRING(MAX)) PRIMARY KEY (id);
    /// SELECT u.name FROM users AS u WHERE u.id IN (SELECT p.user_id, p.title FROM posts AS p)
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
    ///   where id in { from posts select user_id }
    ///   select name
    /// }
    /// ```
    BAD_SUBQUERY: "QRY018", "bad-subquery", Error, oracle(Postgres, Spanner)
}

pub(crate) fn count(location: Location, wanted: usize, found: usize) -> Diagnostic {
    let columns = |count| if count == 1 { "one column".to_owned() } else { format!("{count} columns") };
    BAD_SUBQUERY
        .at(location, format!("{} must be selected here, the query has {}", columns(wanted), columns(found)))
        .help("select what is compared")
}

pub(crate) fn relation(location: Location) -> Diagnostic {
    BAD_SUBQUERY
        .at(location, "`exists(…)` is about a relation")
        .help("write `exists(posts, where: …)`, or a query: `exists { from … }`")
}
