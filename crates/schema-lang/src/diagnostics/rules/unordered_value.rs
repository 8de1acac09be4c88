//! A value that rows cannot be told apart or sorted by.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// Rows are to be sorted, grouped or told apart by a value that cannot do it.
    ///
    /// JSON and arrays have no order and no equality in both databases. A constant orders nothing.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// table events {
    ///   id       uuid  @primary_key
    ///   payload  jsonb
    /// }
    /// query payloads {
    ///   from events
    ///   select id
    ///   order_by payload
    /// }
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE events (id STRING(36) NOT NULL, payload JSON NOT NULL) PRIMARY KEY (id);
    /// SELECT e.id FROM events AS e ORDER BY e.payload
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// table events {
    ///   id       uuid  @primary_key
    ///   payload  jsonb
    /// }
    /// query payloads {
    ///   from events
    ///   select id
    ///   order_by json_text(payload.kind), id
    /// }
    /// ```
    UNORDERED_VALUE: "QRY017", "unordered-value", Error, oracle(Spanner)
}

pub(crate) fn report(location: Location, clause: &str, title: &str) -> Diagnostic {
    UNORDERED_VALUE
        .at(location, format!("{clause} needs values that have an order in both databases, this is {title}"))
        .help("name a part of it, or another column")
}

pub(crate) fn constant(location: Location, clause: &str) -> Diagnostic {
    UNORDERED_VALUE
        .at(location, format!("{clause} takes a column or something made of columns, this is the same for every row"))
        .help("name a column")
}
