//! A foreign key that no index helps.

use orm_model::{Dialect, ForeignKey, ReferentialAction};

use crate::diagnostics::{Diagnostic, Fix, RuleContext, access_path::AccessPath, rule::rule};

rule! {
    /// Deletes go on to the rows of a foreign key, and no index begins with its columns.
    ///
    /// PostgreSQL makes none by itself: with `cascade`, `set_null` and `set_default` it reads the whole table for every
    /// row that is deleted on the other side, and for every query from there to here. Spanner makes an index for each
    /// foreign key.
    ///
    /// ```orm,bad
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id, on_delete: cascade)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// table posts {
    ///   id          uuid         @primary_key
    ///   user_id     uuid         @references(users.id, on_delete: cascade)
    ///   created_at  timestamptz
    ///
    ///   index(user_id, created_at)
    /// }
    /// ```
    FOREIGN_KEY_INDEX: "PERF003", "foreign-key-index", Hint, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // The item of a mixin is judged where the other columns and indexes are known.
    if !context.is_for(Dialect::Postgres) || !context.is_table() {
        return;
    }
    let paths = AccessPath::all(context);
    let keys = context.table().foreign_keys.iter().zip(&context.lowered.foreign_keys);
    for (key, place) in keys.filter(|(key, _)| passes_deletes_on(key)) {
        let helps = |it: &&AccessPath<'_>| it.begins_with(&key.columns) && it.only != Some(Dialect::Spanner);
        if paths.iter().any(|it| helps(&it)) {
            continue;
        }
        let columns = context.declared_names(key.columns.iter().map(String::as_str));
        let message = format!("no index begins with `{columns}`: deletes in `{}` read the whole table", key.references);
        let finding = context.at(&FOREIGN_KEY_INDEX, &place.origin, place.anchor, message);
        let finding = finding.help(format!("add `index({columns})`, or `{columns}` and what the rows are sorted by"));
        let fix = Fix::offer(format!("Add `index({columns})`"));
        diagnostics.push(finding.fix(fix.add_item(&context.name_location(), format!("index({columns})"))));
    }
}

/// Where a delete is refused as long as a row refers to it, deletes are rare.
fn passes_deletes_on(key: &ForeignKey) -> bool {
    let action = key.on_delete_in(Dialect::Postgres);
    let acts = !matches!(action, ReferentialAction::NoAction | ReferentialAction::Restrict);
    acts && key.only != Some(Dialect::Spanner)
}
