//! A check twice.

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// A table has the same check twice.
    ///
    /// ```orm,bad
    /// table items {
    ///   id     uuid     @primary_key
    ///   price  bigint   @check(price > 0)
    ///
    ///   check(price > 0)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table items {
    ///   id     uuid     @primary_key
    ///   price  bigint   @check(price > 0)
    /// }
    /// ```
    DUPLICATE_CHECK: "ORM192", "duplicate-check", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let checks: Vec<_> = context.table().checks.iter().zip(&context.lowered.checks).collect();
    for (position, (check, place)) in checks.iter().enumerate() {
        let is_twin = |(other, _): &&(&orm_model::Check, _)| {
            other.expression == check.expression && (other.only.is_none() || other.only == check.only)
        };
        let first = checks[..position].iter().find(is_twin);
        let Some((_, first)) = first.filter(|(_, first)| context.is_own_together(place, first)) else { continue };
        let there = first.location();
        let here = place.location();
        let finding = context.at(&DUPLICATE_CHECK, &place.origin, place.anchor, "the table has this check already");
        let finding = finding.help("remove one of them").related(there, "the other one");
        diagnostics.push(finding.fix(Fix::offer("Remove the check").remove(&here)));
    }
}
