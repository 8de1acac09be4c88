//! A time that is not known yet.

use orm_model::{
    Dialect, Expression,
    query::{ConflictAction, InsertRows, Output, QueryBody, Source},
};

use crate::{
    diagnostics::{
        Diagnostic,
        query::{QueryContext, reads_column},
        rule::rule,
    },
    item::query::ClauseKind,
};

rule! {
    /// A mutation returns a commit timestamp that it writes.
    ///
    /// Spanner knows the time of the commit only after it, and lets nobody read such a column in the transaction
    /// that writes it; its emulator gives the year 1. Read it with a query of its own, after the commit. See
    /// <https://cloud.google.com/spanner/docs/commit-timestamp#dml>.
    ///
    /// ```orm,bad
    /// table events {
    ///   id    uuid         @primary_key
    ///   name  text
    ///   at    timestamptz  = commit_timestamp()
    /// }
    /// mutation add(id: uuid, name: text) {
    ///   insert into events
    ///   values { $id, $name }
    ///   returning id, at
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table events {
    ///   id    uuid         @primary_key
    ///   name  text
    ///   at    timestamptz  = commit_timestamp()
    /// }
    /// mutation add(id: uuid, name: text) {
    ///   insert into events
    ///   values { $id, $name }
    ///   returning id
    /// }
    /// ```
    COMMIT_TIMESTAMP_READ: "QRY038", "commit-timestamp-read", Warning, policy
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    let Some((target, returning, written)) = written(&context.query.body) else { return };
    for output in returning {
        let Some(value) = output.expression() else { continue };
        let Some(column) = written.iter().find(|it| reads_column(value, target, it)) else { continue };
        let clause = context.clauses().iter().find(|it| matches!(it.kind, ClauseKind::Returning(_)));
        let place = clause.map_or_else(|| context.place(target), |it| context.here(it.anchor));
        let message = format!("`{column}` is the time of the commit, which Spanner does not know yet");
        diagnostics.push(COMMIT_TIMESTAMP_READ.at(place, message).help("read it after the commit, with a query"));
    }
}

/// The table of a mutation, what it returns, and the columns into which it writes the time of the commit.
fn written(body: &QueryBody) -> Option<(&Source, &[Output], Vec<&str>)> {
    let mut values: Vec<(&str, Option<&Expression>)> = Vec::new();
    let (target, returning) = match body {
        QueryBody::Insert(it) => {
            if let InsertRows::Values(rows) = &it.rows {
                let cells = rows.iter().flat_map(|row| it.columns.iter().zip(row));
                values.extend(cells.map(|(column, value)| (column.as_str(), value.as_ref())));
            }
            if let Some(ConflictAction::Update { assignments, .. }) = it.on_conflict.as_ref().map(|it| &it.action) {
                values.extend(assignments.iter().map(|it| (it.column.as_str(), it.value.as_ref())));
            }
            (&it.target, &it.returning)
        }
        QueryBody::Update(it) => {
            values.extend(it.assignments.iter().map(|it| (it.column.as_str(), it.value.as_ref())));
            (&it.target, &it.returning)
        }
        QueryBody::Select(_) | QueryBody::Delete(_) | QueryBody::Sql(_) => return None,
    };
    let is_commit = |it: Option<&Expression>| match it {
        Some(Expression::Call { function, .. }) => function == "commit_timestamp",
        _ => false,
    };
    let columns = values.into_iter().filter(|(_, value)| is_commit(*value)).map(|(column, _)| column);
    Some((target, returning, columns.collect()))
}
