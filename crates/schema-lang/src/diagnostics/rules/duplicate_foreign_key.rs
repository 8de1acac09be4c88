//! A foreign key twice.

use orm_model::ForeignKey;

use crate::diagnostics::{Diagnostic, Fix, Location, RuleContext, rule::rule};

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
    let keys: Vec<_> = context.table().foreign_keys.iter().zip(&context.lowered.foreign_keys).collect();
    for (position, (key, place)) in keys.iter().enumerate() {
        let first = keys[..position].iter().find(|(other, _)| say_the_same(key, other));
        let Some((_, first)) = first.filter(|(_, first)| context.is_own_together(place, first)) else { continue };
        let there = Location { declaration: first.origin.declaration, anchor: first.anchor };
        let here = Location { declaration: place.origin.declaration, anchor: place.anchor };
        let message = format!("another foreign key refers from here to `{}`", key.references);
        let finding = context.at(&DUPLICATE_FOREIGN_KEY, &place.origin, place.anchor, message);
        let finding = finding.help("remove one of them").related(there, "the other one");
        diagnostics.push(finding.fix(Fix::offer("Remove the foreign key").remove(&here)));
    }
}

/// The order of the pairs does not matter.
fn say_the_same(left: &ForeignKey, right: &ForeignKey) -> bool {
    let pairs = |key: &ForeignKey| {
        let mut pairs: Vec<_> = key.columns.iter().cloned().zip(key.referenced_columns.iter().cloned()).collect();
        pairs.sort();
        pairs
    };
    let is_met = right.only.is_none() || right.only == left.only;
    left.references == right.references && pairs(left) == pairs(right) && is_met
}
