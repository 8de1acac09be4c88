//! Rows that do not fit into one statement.

use orm_model::{
    Dialect,
    query::{InsertRows, QueryBody},
};

use crate::{
    diagnostics::{Diagnostic, query::QueryContext, rule::rule},
    item::query::ClauseKind,
};

/// The parameters of a statement of Spanner, at most. <https://cloud.google.com/spanner/quotas#query-limits>
pub(super) const MOST_PARAMETERS: usize = 950;

/// So many rows fit that nobody has to think of it.
const MANY_ROWS: usize = 200;

rule! {
    /// `values $rows` writes few rows in one statement, since each of their values is a parameter.
    ///
    /// A statement of Spanner has 950 parameters at most. `orm` writes more rows in several statements, in one transaction: each
    /// of them is a call to the database, and a row of it refers to no row of a later one. See
    /// <https://cloud.google.com/spanner/quotas#query-limits>.
    ///
    /// ```orm,bad
    /// table readings {
    ///   id    uuid  @primary_key
    ///   a     double
    ///   b     double
    ///   c     double
    ///   d     double
    ///   note  text?
    /// }
    /// mutation add(rows: readings[]) {
    ///   insert into readings
    ///   values $rows
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table readings {
    ///   id    uuid  @primary_key
    ///   a     double
    ///   note  text?
    /// }
    /// mutation add(rows: readings[]) {
    ///   insert into readings
    ///   values $rows
    /// }
    /// ```
    ROW_PARAMETERS: "QRY039", "row-parameters", Hint, policy
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let QueryBody::Insert(insert) = &context.query.body else { return };
    let columns = insert.columns.len();
    let fit = MOST_PARAMETERS / columns.max(1);
    if !context.is_for(Dialect::Spanner) || !matches!(insert.rows, InsertRows::Parameter(_)) || fit >= MANY_ROWS {
        return;
    }
    let clause = context.clauses().iter().find(|it| matches!(it.kind, ClauseKind::Values(_)));
    let place = clause.map_or_else(|| context.place(&insert.target), |it| context.here(it.anchor));
    let message = format!(
        "{fit} rows fit into one statement of Spanner: each has {columns} values, and {MOST_PARAMETERS} are the most"
    );
    diagnostics.push(
        ROW_PARAMETERS.at(place, message).help("more of them are written in several statements of one transaction"),
    );
}
