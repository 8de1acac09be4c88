//! `on_conflict` reads what the database would have made up.

use orm_model::{
    Default, Dialect, Expression,
    query::{ConflictAction, EXCLUDED, Insert, InsertRows, QueryBody},
};

use crate::diagnostics::{Diagnostic, query::QueryContext, rule::rule};

rule! {
    /// `on_conflict` reads a number that the database counts, or a column that it computes.
    ///
    /// Spanner changes the row that is there without inserting the other one, so nothing has been counted or computed.
    ///
    /// ```orm,bad
    /// table visits {
    ///   page    text    @primary_key
    ///   number  bigint = identity()
    ///   note    text?
    /// }
    /// mutation visit(page: text) {
    ///   insert into visits
    ///   values { $page }
    ///   on_conflict(page) do update set number = excluded.number
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table visits {
    ///   page    text    @primary_key
    ///   number  bigint = identity()
    ///   note    text?
    /// }
    /// mutation visit(page: text, note: text) {
    ///   insert into visits
    ///   values { $page, $note }
    ///   on_conflict(page) do update set note = excluded.note
    /// }
    /// ```
    CONFLICT_DEFAULT: "QRY042", "conflict-default", Error, policy
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let QueryBody::Insert(insert) = &context.query.body else { return };
    let Some(table) = context.table(&insert.target).filter(|_| context.is_for(Dialect::Spanner)) else { return };
    for name in read_of_excluded(insert) {
        let Some(column) = table.table.column(name).filter(|_| !is_given(insert, name)) else { continue };
        let is_counted = matches!(column.default, Some(Default::Identity(_) | Default::NextValue(_)));
        if !is_counted && column.generated.is_none() {
            continue;
        }
        let does = if is_counted { "counts" } else { "computes" };
        let message = format!("the database {does} `{}` for a row that it inserts alone", column.declared_name());
        let place = context.here(context.conflict_anchor());
        diagnostics.push(CONFLICT_DEFAULT.at(place, message).help("give it a value, or write what it is to be"));
    }
}

/// The columns of the row that was to be inserted which `on_conflict` reads, each once.
fn read_of_excluded(insert: &Insert) -> Vec<&str> {
    let Some(ConflictAction::Update { assignments, filters }) = insert.on_conflict.as_ref().map(|it| &it.action) else {
        return Vec::new();
    };
    let values = assignments.iter().filter_map(|it| it.value.as_ref());
    let mut columns = Vec::new();
    for expression in values.chain(filters.iter().map(|it| &it.condition)) {
        expression.walk(&mut |it| match it {
            Expression::Field(field) if field.source == EXCLUDED && !columns.contains(&field.column.as_str()) => {
                columns.push(&field.column);
            }
            _ => {}
        });
    }
    columns
}

/// Whether every row says what a column is; of the rows of a caller that is seen when there are any.
fn is_given(insert: &Insert, column: &str) -> bool {
    let position = insert.columns.iter().position(|it| it == column);
    match (&insert.rows, position) {
        (InsertRows::Values(rows), Some(position)) => {
            rows.iter().all(|row| row.get(position).is_some_and(Option::is_some))
        }
        (_, position) => position.is_some(),
    }
}
