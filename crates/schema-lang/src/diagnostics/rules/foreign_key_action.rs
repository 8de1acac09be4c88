//! An action that Spanner does not have.

use orm_model::{Dialect, ForeignKey, ReferentialAction};

use crate::{
    diagnostics::{Diagnostic, Fix, Location, RuleContext, rule::rule},
    lower::shape::Place,
};

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
    /// ```sql,spanner
    /// CREATE TABLE users (id STRING(36) NOT NULL) PRIMARY KEY (id);
    /// CREATE TABLE posts (
    ///   id STRING(36) NOT NULL, user_id STRING(36),
    ///   CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL
    /// ) PRIMARY KEY (id)
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
            let finding = context.at(&FOREIGN_KEY_ACTION, &place.origin, place.anchor, message).help(help);
            diagnostics.push(finding.fix_at(fixable_action(context, key, place), |action| {
                Fix::offer("Write `no_action`").replace(action, "no_action")
            }));
        }
    }
}

fn complaint(key: &ForeignKey) -> Option<(String, &'static str)> {
    if let Some(action) = refused_on_delete(key) {
        let message = format!("Spanner has no `on_delete: {}`", action.name());
        let help = "use `cascade` or `no_action`, or say what Spanner does: `@spanner(on_delete: no_action)`";
        return Some((message, help));
    }
    if key.on_update != ReferentialAction::NoAction {
        let message = format!("Spanner has no `on_update: {}`", key.on_update.name());
        return Some((message, "remove it: keys do not change in Spanner"));
    }
    None
}

/// Where the action is written that Spanner lacks.
fn fixable_action(context: &RuleContext<'_>, key: &ForeignKey, place: &Place) -> Option<Location> {
    let is_delete = refused_on_delete(key).is_some();
    let argument = context.argument(place, if is_delete { "on_delete" } else { "on_update" })?;
    Some(context.here(argument.value.anchor))
}

fn refused_on_delete(key: &ForeignKey) -> Option<ReferentialAction> {
    let action = key.on_delete_in(Dialect::Spanner);
    matches!(action, ReferentialAction::SetNull | ReferentialAction::SetDefault).then_some(action)
}
