//! An index that another one makes superfluous.

use crate::diagnostics::{
    Diagnostic, Fix, RuleContext,
    access_path::{AccessPath, PathKind},
    rule::rule,
};

rule! {
    /// Another index, a unique constraint or the primary key begins with the same columns.
    ///
    /// What the shorter index finds the other one finds, too, and every write pays for both.
    ///
    /// ```orm,bad
    /// table posts {
    ///   id          uuid         @primary_key
    ///   user_id     uuid
    ///   created_at  timestamptz
    ///
    ///   index(user_id)
    ///   index(user_id, created_at)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table users {
    ///   id     uuid  @primary_key
    ///   email  text  @unique
    ///
    ///   index(email)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table posts {
    ///   id          uuid         @primary_key
    ///   user_id     uuid
    ///   created_at  timestamptz
    ///
    ///   index(user_id, created_at)
    ///   index(created_at)
    /// }
    /// ```
    REDUNDANT_INDEX: "PERF004", "redundant-index", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let paths = AccessPath::all(context);
    for (position, index) in paths.iter().enumerate().filter(|(_, it)| it.kind == PathKind::Index) {
        let serves = |(other, it): &(usize, &AccessPath<'_>)| {
            let is_first = it.keys.len() > index.keys.len() || it.kind.is_unique() || *other < position;
            *other != position && is_first && replaces(it, index)
        };
        let other = paths.iter().enumerate().find(serves).map(|(_, it)| it);
        let Some(other) = other.filter(|it| context.is_own_together(index.place, it.place)) else { continue };
        let message = format!("the {} finds what this index finds", other.title());
        let finding = context.at(&REDUNDANT_INDEX, &index.place.origin, index.place.anchor, message);
        let finding = finding.help("remove the index: every write pays for it");
        let finding = finding.related(other.location(), "the other one");
        diagnostics.push(finding.fix(Fix::offer("Remove the index").remove(&index.location())));
    }
}

/// Whether `other` finds every row that `index` finds, in the same order.
fn replaces(other: &AccessPath<'_>, index: &AccessPath<'_>) -> bool {
    let holds = |column: &String| other.columns().any(|it| it == *column) || other.storing.contains(column);
    let has_rows = !other.leaves_out_nulls || (index.leaves_out_nulls && other.keys.len() == index.keys.len());
    index.is_sorted()
        && other.is_sorted()
        && other.keys.starts_with(&index.keys)
        && has_rows
        && index.storing.iter().all(holds)
        && !index.is_wider_than(other)
}
