//! A view or query without SQL.

use orm_model::Dialect;

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// A view or query has no SQL, or none for one of the databases.
    ///
    /// A view is `sql("…")`, one text for both databases, or `sql(postgres: "…", spanner: "…")`. A database without a text
    /// would lack the view, which `@only(postgres)` says if it is meant.
    ///
    /// ```orm,bad
    /// view recent = sql(postgres: "SELECT o.id FROM orders AS o")
    /// table orders {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// view recent = sql("SELECT o.id FROM orders AS o")
    /// table orders {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    BAD_VIEW: "ORM124", "bad-view", Error, language
}

pub(crate) fn no_sql(location: Location) -> Diagnostic {
    BAD_VIEW
        .at(location, "what stands after the `=` of a view is raw SQL")
        .help("write `sql(\"SELECT …\")`, or the clauses of a query in braces")
}

pub(crate) fn no_text(location: Location, dialect: Dialect, fix: Option<Fix>) -> Diagnostic {
    BAD_VIEW
        .at(location, format!("the view has no text for {}", dialect.title()))
        .help(format!("add `{}: \"…\"`, or keep the view to the other database with `@only(…)`", dialect.name()))
        .fix_if_any(fix)
}

pub(crate) fn query_without_sql(location: Location) -> Diagnostic {
    BAD_VIEW
        .at(location, "what stands after `=` is no raw SQL")
        .help("write `sql(\"SELECT …\")`, or the clauses of the query in braces")
}

/// `fix` keeps the query to the other database.
pub(crate) fn no_query_text(location: Location, dialect: Dialect, fix: Option<Fix>) -> Diagnostic {
    BAD_VIEW
        .at(location, format!("the query has no text for {}", dialect.title()))
        .help(format!("add `{}: \"…\"`, or keep the query to the other database with `@only(…)`", dialect.name()))
        .fix_if_any(fix)
}

pub(crate) fn cycle(location: Location, name: &str) -> Diagnostic {
    BAD_VIEW.at(location, format!("`{name}` reads itself, by way of other views")).help("read the tables themselves")
}
