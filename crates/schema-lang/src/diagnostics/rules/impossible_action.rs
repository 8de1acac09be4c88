//! An action of a foreign key that fails whenever it is needed.

use orm_model::ReferentialAction;

use super::foreign_key_columns::Pairing;
use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    lower::shape::has_database_default,
};

rule! {
    /// A foreign key sets a column to NULL that is never NULL, or to a default that it does not have.
    ///
    /// PostgreSQL takes it, and refuses every delete of a row that something refers to. Say `no_action` if that is what is
    /// meant.
    ///
    /// ```orm,bad
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id, on_delete: set_null)  @spanner(on_delete: no_action)
    ///
    ///   index(user_id)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// table posts {
    ///   id       uuid   @primary_key
    ///   user_id  uuid?  @references(users.id, on_delete: set_null)  @spanner(on_delete: no_action)
    ///
    ///   index(user_id)
    /// }
    /// ```
    IMPOSSIBLE_ACTION: "ORM105", "impossible-action", Warning, policy
}

/// `set_null` on a column that is never NULL, `set_default` on one without a default.
pub(crate) fn check(pairing: &Pairing<'_>, location: Location, action: ReferentialAction) -> Option<Diagnostic> {
    let column = match action {
        ReferentialAction::SetNull => pairing.own().find(|it| !it.nullable)?,
        ReferentialAction::SetDefault => pairing.own().find(|it| !it.nullable && !has_database_default(it))?,
        ReferentialAction::NoAction | ReferentialAction::Restrict | ReferentialAction::Cascade => return None,
    };
    let (message, help) = match action {
        ReferentialAction::SetNull => ("may not be NULL", "add `?` to its type, or choose another action"),
        _ => ("has no default", "add a default, or choose another action"),
    };
    let message = format!("`{}` of `{}` {message}", action.name(), column.declared_name());
    let finding = IMPOSSIBLE_ACTION.at(location, message).help(help);
    let shape = pairing.shape.columns.iter().find(|it| it.column.name == column.name);
    Some(match shape.filter(|_| action == ReferentialAction::SetNull) {
        Some(shape) => {
            let fix = Fix::offer(format!("Let `{}` be NULL", column.declared_name()));
            finding.fix(fix.insert_after(&shape.location_of(shape.written_type), "?"))
        }
        None => finding,
    })
}
