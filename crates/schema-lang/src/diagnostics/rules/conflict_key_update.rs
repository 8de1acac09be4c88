//! `on_conflict` changes the key by which it finds the row.

use orm_model::{
    Dialect,
    query::{ConflictAction, QueryBody},
};

use crate::{
    diagnostics::{Diagnostic, query::QueryContext, rule::rule},
    item::{Anchor, query},
};

rule! {
    /// `on_conflict … do update` writes a column of the key by which it finds the row.
    ///
    /// Spanner changes the rows that are there and then inserts those that are not: a row whose key has changed is not
    /// there any more, and would be inserted a second time. The key is the same in both rows, so writing it says
    /// nothing, or it says two things.
    ///
    /// ```orm,bad
    /// table users {
    ///   id     uuid  @primary_key
    ///   email  text  @unique
    ///   name   text
    /// }
    /// mutation save(id: uuid, email: text, name: text) {
    ///   insert into users
    ///   values { $id, $email, $name }
    ///   on_conflict(email) do update set email = excluded.email, name = excluded.name
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id     uuid  @primary_key
    ///   email  text  @unique
    ///   name   text
    /// }
    /// mutation save(id: uuid, email: text, name: text) {
    ///   insert into users
    ///   values { $id, $email, $name }
    ///   on_conflict(email) do update set name = excluded.name
    /// }
    /// ```
    CONFLICT_KEY_UPDATE: "QRY040", "conflict-key-update", Error, policy
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let QueryBody::Insert(insert) = &context.query.body else { return };
    let Some(conflict) = &insert.on_conflict else { return };
    let ConflictAction::Update { assignments, .. } = &conflict.action else { return };
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    for assignment in assignments.iter().filter(|it| conflict.columns.contains(&it.column)) {
        let column = context.declared_name(&insert.target, &assignment.column);
        let place = context.here(assigned(context, column).unwrap_or_else(|| context.conflict_anchor()));
        let message = format!("`{column}` is the key by which `on_conflict` finds the row");
        diagnostics.push(CONFLICT_KEY_UPDATE.at(place, message).help("leave it as it is, or update the row by itself"));
    }
}

/// Where the text assigns a column.
fn assigned(context: &QueryContext<'_>, column: &str) -> Option<Anchor> {
    let (_, action) = context.on_conflict()?;
    let query::ConflictAction::Update { assignments, .. } = action? else { return None };
    assignments.iter().find(|it| *it.target.text == *column).map(|it| it.target.anchor)
}
