//! `on_conflict` by a key that has no value.

use orm_model::query::{InsertRows, QueryBody};

use crate::diagnostics::{Diagnostic, query::QueryContext, rule::rule};

rule! {
    /// `on_conflict` names a column of which the inserted rows say nothing.
    ///
    /// A row is in conflict by the values that it brings. What the database makes up for it is in conflict with nothing,
    /// so the row would be inserted each time.
    ///
    /// ```orm,bad
    /// table users {
    ///   id     uuid = uuid()  @primary_key
    ///   email  text           @unique
    ///   name   text
    /// }
    /// mutation save(email: text, name: text) {
    ///   insert into users
    ///   values { $email, $name }
    ///   on_conflict(id) do update set name = excluded.name
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id     uuid = uuid()  @primary_key
    ///   email  text           @unique
    ///   name   text
    /// }
    /// mutation save(email: text, name: text) {
    ///   insert into users
    ///   values { $email, $name }
    ///   on_conflict(email) do update set name = excluded.name
    /// }
    /// ```
    CONFLICT_KEY_VALUE: "QRY041", "conflict-key-value", Error, policy
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let QueryBody::Insert(insert) = &context.query.body else { return };
    let Some(conflict) = &insert.on_conflict else { return };
    let targets = context.on_conflict().and_then(|(target, _)| target).unwrap_or_default();
    for (index, column) in conflict.columns.iter().enumerate() {
        let position = insert.columns.iter().position(|it| it == column);
        let has_value = |row: &Vec<Option<_>>| position.is_some_and(|it| row.get(it).is_some_and(Option::is_some));
        let is_given = match &insert.rows {
            InsertRows::Values(rows) => rows.iter().all(has_value),
            InsertRows::Parameter(_) | InsertRows::Query(_) => position.is_some(),
        };
        if is_given {
            continue;
        }
        let anchor = targets.get(index).map_or_else(|| context.conflict_anchor(), |it| it.anchor);
        let column = context.declared_name(&insert.target, column);
        let message = format!("nothing says which `{column}` a row has, so that it is in conflict with none");
        let help = format!("give `{column}` a value, or name another key");
        diagnostics.push(CONFLICT_KEY_VALUE.at(context.here(anchor), message).help(help));
    }
}
