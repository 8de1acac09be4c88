//! The same uniqueness twice.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostics::{
    Diagnostic, Fix, RuleContext,
    access_path::{AccessPath, PathKind},
    rule::rule,
};

rule! {
    /// Two unique constraints or unique indexes keep the same columns unique.
    ///
    /// Each is an index of its own, and every write pays for both.
    ///
    /// ```orm,bad
    /// table users {
    ///   id     uuid  @primary_key
    ///   email  text  @unique
    ///
    ///   index(email, unique: true)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id     uuid  @primary_key
    ///   email  text  @unique
    /// }
    /// ```
    DUPLICATE_UNIQUE: "PERF005", "duplicate-unique", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let paths = AccessPath::all(context);
    let uniques: Vec<_> =
        paths.iter().filter(|it| matches!(it.kind, PathKind::Unique | PathKind::UniqueIndex)).collect();
    let mut earlier: HashMap<BTreeSet<_>, Vec<&AccessPath<'_>>> = HashMap::new();
    for it in uniques {
        let same = earlier.entry(it.columns().collect()).or_default();
        let is_twin =
            |other: &&&AccessPath<'_>| other.leaves_out_nulls == it.leaves_out_nulls && !it.is_wider_than(other);
        let first = same.iter().find(is_twin).copied();
        same.push(it);
        let Some(first) = first.filter(|first| context.is_own_together(it.place, first.place)) else { continue };
        let message = format!("the {} keeps the same columns unique", first.title());
        let finding = context.at(&DUPLICATE_UNIQUE, &it.place.origin, it.place.anchor, message);
        let finding = finding.help("remove one of them").related(first.location(), "the other one");
        diagnostics.push(finding.fix(Fix::offer(format!("Remove the {}", it.kind.title())).remove(&it.location())));
    }
}
