//! A key of an index that has no order.

use orm_model::{Dialect, ScalarType, Targets, ValueKind};

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    lower::expression::Typed,
};

rule! {
    /// A key of an index is computed and has no order in one of the databases.
    ///
    /// Spanner sorts neither JSON nor arrays. PostgreSQL sorts `jsonb` and arrays, and no `json`.
    ///
    /// ```orm,bad
    /// table documents {
    ///   id    uuid  @primary_key
    ///   body  jsonb
    ///   old   jsonb?
    ///
    ///   index(coalesce(old, body))
    /// }
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE documents (
    ///   id STRING(36) NOT NULL, body JSON NOT NULL, old JSON,
    ///   key1 JSON AS (COALESCE(old, body)) STORED HIDDEN
    /// ) PRIMARY KEY (id);
    /// CREATE INDEX i ON documents (key1)
    /// ```
    ///
    /// ```orm,bad,only-postgres
    /// table documents {
    ///   id    uuid  @primary_key
    ///   body  json
    ///   old   json?
    ///
    ///   index(coalesce(old, body))
    /// }
    /// ```
    ///
    /// ```sql,postgres
    /// CREATE TABLE documents (id uuid PRIMARY KEY, body json NOT NULL, old json);
    /// CREATE INDEX i ON documents ((COALESCE(old, body)))
    /// ```
    ///
    /// ```orm,good
    /// table events {
    ///   id    uuid     @primary_key
    ///   who   text
    ///   open  boolean
    ///
    ///   index(lower(who), where: open)
    /// }
    /// ```
    INDEX_EXPRESSION: "ORM102", "index-expression", Error, oracle(Postgres, Spanner)
}

/// The finding about a key, as far as its own type tells.
pub(crate) fn check(location: Location, key: &Typed, targets: &Targets) -> Option<Diagnostic> {
    let kind = key.value.kind();
    let is_json = key.value.known().is_some_and(|it| !it.array && it.scalar == ScalarType::Json);
    let refuses = match kind {
        ValueKind::Json | ValueKind::Array if targets.includes(Dialect::Spanner) => Dialect::Spanner,
        ValueKind::Json if is_json => Dialect::Postgres,
        _ => return None,
    };
    let message = format!("{} has no order in {}", kind.title(), refuses.title());
    let help = "take a part of it that has one, or compute a column of its own: `@generated(…)`";
    let fix = Fix::offer("Index its text").insert_after(&location, " as text");
    let finding = INDEX_EXPRESSION.at(location, message).help(help);
    Some(if kind == ValueKind::Json { finding.fix(fix) } else { finding })
}
