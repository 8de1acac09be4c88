//! A constraint that Spanner checks in any case.

use orm_model::{Dialect, ReferentialAction};

use crate::{
    diagnostics::{Diagnostic, RuleContext, rule::rule},
    lower::shape::Place,
};

rule! {
    /// `enforced: false` stands where Spanner does not have it.
    ///
    /// Spanner checks every check. A foreign key that it does not check has no action
    /// (<https://cloud.google.com/spanner/docs/foreign-keys/overview>).
    ///
    /// ```orm,bad,postgres-18
    /// table rooms {
    ///   id    uuid    @primary_key
    ///   area  bigint
    ///
    ///   check(area > 0, enforced: false)
    /// }
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE rooms (
    ///   id STRING(36) NOT NULL, area INT64 NOT NULL, CONSTRAINT c CHECK (area > 0) NOT ENFORCED
    /// ) PRIMARY KEY (id)
    /// ```
    ///
    /// ```orm,good,postgres-18
    /// table rooms {
    ///   id    uuid    @primary_key
    ///   area  bigint
    ///
    ///   check(area > 0)
    /// }
    /// ```
    NOT_ENFORCED: "SP103", "not-enforced", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    let (table, lowered) = (context.table(), context.lowered);
    let mut report = |place: &Place, message: &str, help: &str| {
        if context.is_own(&place.origin) {
            let finding = context.at(&NOT_ENFORCED, &place.origin, place.anchor, message).help(help);
            diagnostics.push(finding.fix_if_any(context.without_argument(place, "enforced")));
        }
    };
    for (_, place) in table.checks.iter().zip(&lowered.checks).filter(|(check, _)| check.not_enforced) {
        report(place, "Spanner checks every check", "leave `enforced: false` out, or the check");
    }
    let keys = table.foreign_keys.iter().zip(&lowered.foreign_keys).filter(|(key, _)| key.not_enforced);
    for (key, place) in keys {
        if key.on_delete_in(Dialect::Spanner) == ReferentialAction::Cascade {
            report(place, "a foreign key that is not enforced has no action", "leave one of the two out");
        }
    }
}
