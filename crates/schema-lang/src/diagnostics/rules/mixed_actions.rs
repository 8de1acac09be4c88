//! Foreign keys to one table of which some delete the row and some keep what it refers to.

use orm_model::{Dialect, ForeignKey, Only, ReferentialAction};

use crate::{
    diagnostics::{Diagnostic, Fix, RuleContext, rule::rule},
    lower::shape::Place,
};

rule! {
    /// Of two foreign keys to one table, one deletes the row with the other side, and one refuses that.
    ///
    /// Where both refer to one row, Spanner deletes: NO ACTION looks at what is left when the statement is done. PostgreSQL does
    /// whatever the key says that was made first, so that it deletes in one database and refuses in another one of the same
    /// schema. A `deferrable` key is checked when all is done in PostgreSQL, too.
    ///
    /// ```orm,bad
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// table messages {
    ///   id         uuid  @primary_key
    ///   from_user  uuid  @references(users.id, on_delete: cascade)
    ///   to_user    uuid  @references(users.id)
    ///
    ///   index(from_user)
    ///   index(to_user)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// table messages {
    ///   id         uuid  @primary_key
    ///   from_user  uuid  @references(users.id, on_delete: cascade)
    ///   to_user    uuid  @references(users.id, on_delete: cascade)
    ///
    ///   index(from_user)
    ///   index(to_user)
    /// }
    /// ```
    MIXED_ACTIONS: "PORT011", "mixed-actions", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    let keys: Vec<_> = context.table().foreign_keys.iter().zip(&context.lowered.foreign_keys).collect();
    let action = |key: &ForeignKey| key.on_delete_in(Dialect::Postgres);
    let is_checked = |key: &ForeignKey| key.is_in(Dialect::Postgres) && !key.not_enforced;
    for (key, place) in keys.iter().copied().filter(|(it, _)| is_checked(it) && !it.deferrable) {
        if action(key) != ReferentialAction::NoAction {
            continue;
        }
        let deletes = |other: &ForeignKey| {
            is_checked(other) && action(other) == ReferentialAction::Cascade && other.references == key.references
        };
        let Some((other, deleting)) = keys.iter().find(|(it, _)| deletes(it)) else { continue };
        if !context.is_own_together(place, deleting) {
            continue;
        }
        let (ours, theirs) = (names(context, key), names(context, other));
        let message =
            format!("a delete in `{}` is refused by `{ours}`, and deletes the row by `{theirs}`", key.references);
        let finding = context.at(&MIXED_ACTIONS, &place.origin, place.anchor, message);
        let finding = finding.help("let both cascade, or neither").fix(cascade(context, place, &ours));
        diagnostics.push(finding.fix_if_any(keep(context, deleting, &theirs)));
    }
}

fn names(context: &RuleContext<'_>, key: &ForeignKey) -> String {
    context.declared_names(key.columns.iter().map(String::as_str))
}

/// Lets a key delete the row, too; an edit without a place is none.
fn cascade(context: &RuleContext<'_>, place: &Place, columns: &str) -> Fix {
    let fix = Fix::offer(format!("Let `{columns}` cascade, too"));
    match (context.argument(place, "on_delete"), context.is_own(&place.origin)) {
        (Some(written), _) => fix.replace(&context.here(written.value.anchor), "cascade"),
        (None, true) => fix.add_argument(&context.here(place.anchor), "on_delete: cascade"),
        (None, false) => fix,
    }
}

/// Lets a key refuse, too.
fn keep(context: &RuleContext<'_>, place: &Place, columns: &str) -> Option<Fix> {
    let written = context.argument(place, "on_delete")?;
    let fix = Fix::offer(format!("Let `{columns}` refuse, too: `no_action`"));
    Some(fix.replace(&context.here(written.value.anchor), "no_action"))
}
