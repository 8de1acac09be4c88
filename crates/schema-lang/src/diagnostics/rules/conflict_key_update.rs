//! `on_conflict` changes the key by which it finds the row.

use orm_model::{
    Dialect,
    query::{ConflictAction, QueryBody},
};

use crate::{
    diagnostics::{Diagnostic, Fix, query::QueryContext, rule::rule},
    item::query::{self, AssignmentItem},
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
    for changed in assignments.iter().filter(|it| conflict.columns.contains(&it.column)) {
        let column = context.declared_name(&insert.target, &changed.column);
        let place = context
            .here(assignment(context, column).map(|it| it.target.anchor).unwrap_or_else(|| context.conflict_anchor()));
        let message = format!("`{column}` is the key by which `on_conflict` finds the row");
        let finding = CONFLICT_KEY_UPDATE.at(place, message).help("leave it as it is, or update the row by itself");
        let fix = Fix::offer(format!("Leave `{column}` as it is"));
        let whole = assignment(context, column).filter(|_| assignments.len() > 1).map(|it| context.here(it.anchor));
        diagnostics.push(finding.fix_at(whole, |place| fix.remove(place)));
    }
}

/// Where the text assigns a column.
fn assignment<'db>(context: &QueryContext<'db>, column: &str) -> Option<&'db AssignmentItem> {
    let (_, action) = context.on_conflict()?;
    let query::ConflictAction::Update { assignments, .. } = action? else { return None };
    assignments.iter().find(|it| *it.target.text == *column)
}
