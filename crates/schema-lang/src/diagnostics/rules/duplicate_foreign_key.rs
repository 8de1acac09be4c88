//! A foreign key twice.

use std::collections::BTreeMap;

use orm_model::ForeignKey;

use crate::{
    diagnostics::{Diagnostic, Fix, RuleContext, rule::rule},
    lower::shape::Place,
};

rule! {
    /// Two foreign keys say the same.
    ///
    /// The same columns refer to the same columns: every write is checked twice.
    ///
    /// ```orm,bad
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id, name: "fk_author")
    ///
    ///   foreign_key(user_id, references: users(id))
    ///   index(user_id)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id)
    ///
    ///   index(user_id)
    /// }
    /// ```
    DUPLICATE_FOREIGN_KEY: "ORM193", "duplicate-foreign-key", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<_, Vec<(&ForeignKey, &Place)>> = BTreeMap::new();
    for (key, place) in context.table().foreign_keys.iter().zip(&context.lowered.foreign_keys) {
        let alike = seen.entry((&key.references, pairs(key))).or_default();
        let first = alike.iter().find(|(other, _)| other.only.is_none() || other.only == key.only).copied();
        alike.push((key, place));
        let Some((_, first)) = first.filter(|(_, first)| context.is_own_together(place, first)) else { continue };
        let there = first.location();
        let here = place.location();
        let message = format!("another foreign key refers from here to `{}`", key.references);
        let finding = context.at(&DUPLICATE_FOREIGN_KEY, &place.origin, place.anchor, message);
        let finding = finding.help("remove one of them").related(there, "the other one");
        diagnostics.push(finding.fix(Fix::offer("Remove the foreign key").remove(&here)));
    }
}

/// What refers to what. The order does not matter.
fn pairs(key: &ForeignKey) -> Vec<(&str, &str)> {
    let columns = key.columns.iter().map(String::as_str);
    let mut pairs: Vec<_> = columns.zip(key.referenced_columns.iter().map(String::as_str)).collect();
    pairs.sort_unstable();
    pairs
}
