//! A number of rows that is none.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// `limit` and `offset` take a whole number that is written out, or a parameter that is always there.
    ///
    /// Spanner takes no expression there, and no NULL.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query some(max: bigint?) {
    ///   from users
    ///   select name
    ///   order_by id
    ///   limit $max
    /// }
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE users (id STRING(36) NOT NULL, name STRING(MAX) NOT NULL, email STRING(MAX), created_at TIMESTAMP NOT NULL) PRIMARY KEY (id);
    /// SELECT u.name FROM users AS u ORDER BY u.id LIMIT 1 + 1
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query some(max: bigint = 10) {
    ///   from users
    ///   select name
    ///   order_by id
    ///   limit $max
    /// }
    /// ```
    BAD_LIMIT: "QRY016", "bad-limit", Error, oracle(Spanner)
}

/// `absent`: the type of the parameter that may be absent.
pub(crate) fn report(location: Location, clause: &str, complaint: &str, absent: Option<Location>) -> Diagnostic {
    let always = |written: &Location| Fix::offer("Let the caller always give it").replace_last(written, "?", "");
    BAD_LIMIT
        .at(location, format!("`{clause}` takes a number of rows: {complaint}"))
        .help("write a whole number, or a parameter with a default: `max: bigint = 10`")
        .fix_at(absent, always)
}
