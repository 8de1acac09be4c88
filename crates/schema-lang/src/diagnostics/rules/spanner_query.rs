//! A clause that Spanner does not have.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// A query says something that Spanner cannot do.
    ///
    /// Spanner locks rows with `for update` and waits; it has no `for share`, `skip_locked` or `nowait`.
    /// See <https://cloud.google.com/spanner/docs/use-select-for-update>.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query next_job {
    ///   from users
    ///   select id
    ///   order_by created_at, id
    ///   limit 1
    ///   for update skip_locked
    /// }
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE users (id STRING(36) NOT NULL, name STRING(MAX) NOT NULL, email STRING(MAX), created_at TIMESTAMP NOT NULL) PRIMARY KEY (id);
    /// SELECT u.id FROM users AS u ORDER BY u.created_at LIMIT 1 FOR UPDATE SKIP LOCKED
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query next_job {
    ///   from users
    ///   select id
    ///   order_by created_at, id
    ///   limit 1
    ///   for update
    /// }
    /// ```
    SPANNER_QUERY: "QRY023", "spanner-query", Error, oracle(Spanner)
}

/// `fix` keeps the query to PostgreSQL.
pub(crate) fn lock(location: Location, fix: Option<Fix>) -> Diagnostic {
    let plain = Fix::offer("Write `for update`").replace(&location, "for update");
    SPANNER_QUERY
        .at(location, "Spanner has `for update` alone: no `for share`, no `skip_locked`, no `nowait`")
        .help("write `for update`, or keep the query to PostgreSQL with `@only(postgres)`")
        .fix(plain)
        .fix_if_any(fix)
}
