//! `restrict`, which is NO ACTION in Spanner.

use orm_model::{Dialect, ReferentialAction};

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// `on_delete: restrict` is NO ACTION in Spanner.
    ///
    /// Both refuse the delete. PostgreSQL's RESTRICT does so at once, NO ACTION at the end of the statement, so that a
    /// statement that deletes both rows passes.
    ///
    /// ```orm,bad
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id, on_delete: restrict)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id, on_delete: no_action)
    /// }
    /// ```
    RESTRICT_ACTION: "PORT003", "restrict-action", Hint, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    let keys = context.table().foreign_keys.iter().zip(&context.lowered.foreign_keys);
    for (key, place) in keys.filter(|(_, place)| context.is_own(&place.origin)) {
        if key.on_delete_in(Dialect::Spanner) == ReferentialAction::Restrict {
            let finding =
                context.at(&RESTRICT_ACTION, &place.origin, place.anchor, "`restrict` is NO ACTION in Spanner");
            let action = context.argument(place, "on_delete").map(|it| context.here(it.value.anchor));
            let finding = finding.help("write `no_action` if the difference does not matter");
            diagnostics
                .push(finding.fix_at(action, |action| Fix::offer("Write `no_action`").replace(action, "no_action")));
        }
    }
}
