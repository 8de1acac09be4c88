//! An insert without a value that the row needs.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// An insert says nothing of a column that must not be NULL and has no default.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// mutation add(id: uuid, email: text) {
    ///   insert into users
    ///   values { $id, $email }
    /// }
    /// ```
    ///
    /// ```sql,postgres
    /// CREATE TABLE users (id UUID PRIMARY KEY, name TEXT NOT NULL, email TEXT, created_at TIMESTAMPTZ NOT NULL);
    /// INSERT INTO users (id) VALUES (gen_random_uuid())
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE users (id STRING(36) NOT NULL, name STRING(MAX) NOT NULL, email STRING(MAX), created_at TIMESTAMP NOT NULL) PRIMARY KEY (id);
    /// INSERT INTO users (id) VALUES ('a')
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// mutation add(id: uuid, name: text, at: timestamptz) {
    ///   insert into users
    ///   values { $id, $name, created_at: $at }
    /// }
    /// ```
    MISSING_VALUE: "QRY028", "missing-value", Error, oracle(Postgres, Spanner)
}

/// `fix` lets the caller give them.
pub(crate) fn report(location: Location, columns: &[&str], fix: Option<Fix>) -> Diagnostic {
    MISSING_VALUE
        .at(location, format!("a row needs a value of `{}`", columns.join("`, `")))
        .help("give it, or give the column a default")
        .fix_if_any(fix)
}

pub(crate) fn computed(location: Location, column: &str) -> Diagnostic {
    MISSING_VALUE
        .at(location, format!("the application computes `{column}`, and does not see the rows of this query"))
        .help("select a value for it")
}
