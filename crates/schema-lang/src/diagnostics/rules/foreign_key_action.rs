//! An action that Spanner does not have.

use orm_model::{Dialect, ForeignKey, ReferentialAction};

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// A foreign key has an action that Spanner lacks.
    ///
    /// Spanner knows `no_action` and `cascade`, and only for deletes
    /// (<https://cloud.google.com/spanner/docs/foreign-keys/overview>).
    ///
    /// ```orm,bad
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// table posts {
    ///   id       uuid   @primary_key
    ///   user_id  uuid?  @references(users.id, on_delete: set_null)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// table posts {
    ///   id       uuid   @primary_key
    ///   user_id  uuid?  @references(users.id, on_delete: set_null) @spanner(on_delete: no_action)
    /// }
    /// ```
    FOREIGN_KEY_ACTION: "SP010", "foreign-key-action", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    let keys = context.table().foreign_keys.iter().zip(&context.lowered.foreign_keys);
    for (key, place) in keys.filter(|(_, place)| context.is_own(&place.origin)) {
        if let Some((message, help)) = complaint(key) {
            diagnostics.push(context.at(&FOREIGN_KEY_ACTION, &place.origin, place.anchor, message).help(help));
        }
    }
}

fn complaint(key: &ForeignKey) -> Option<(String, &'static str)> {
    let action = key.on_delete_in(Dialect::Spanner);
    if matches!(action, ReferentialAction::SetNull | ReferentialAction::SetDefault) {
        let message = format!("Spanner has no `on_delete: {}`", action.name());
        return Some((
            message,
            "use `cascade` or `no_action`, or say what Spanner does: `@spanner(on_delete: no_action)`",
        ));
    }
    if key.on_update != ReferentialAction::NoAction {
        let message = format!("Spanner has no `on_update: {}`", key.on_update.name());
        return Some((message, "remove it: keys do not change in Spanner"));
    }
    None
}
