//! Sequences: made before the tables whose defaults use them, dropped after.

use orm_model::ObjectName;

use crate::{
    catalog::{Catalog, Sequence},
    dialect::SqlDialect,
    plan::{Action, DatabaseObject, Statement, Subject, statement::about},
};

/// A sequence goes with its column in PostgreSQL; one that stays, or goes later, is released first.
pub(super) fn release(sql: &dyn SqlDialect, before: &Catalog, after: &Catalog) -> Vec<Statement> {
    let is_released = |(name, it): &(&ObjectName, &Sequence)| {
        it.owned_by.is_some() && after.sequences.get(*name).is_none_or(|new| new.owned_by != it.owned_by)
    };
    let released = before.sequences.iter().filter(is_released);
    released.map(|(name, _)| sql.own_sequence(name, None).about(&subject(name, Action::Change))).collect()
}

/// New sequences, without owners, and changes of those that stay.
pub(super) fn create(sql: &dyn SqlDialect, before: &Catalog, after: &Catalog) -> Vec<Statement> {
    let statements = after.sequences.iter().map(|(name, new)| match before.sequences.get(name) {
        Some(old) => about(subject(name, Action::Change), sql.alter_sequence(name, old, new)),
        None => about(subject(name, Action::Add), sql.create_sequence(name, new)),
    });
    statements.flatten().collect()
}

/// Owners, once their columns are there.
pub(super) fn own(sql: &dyn SqlDialect, before: &Catalog, after: &Catalog) -> Vec<Statement> {
    let owned = after.sequences.iter().filter_map(|(name, new)| {
        let old = before.sequences.get(name).and_then(|it| it.owned_by.as_ref());
        let owner = new.owned_by.as_ref().filter(|owner| old != Some(*owner))?;
        let action = if before.sequences.contains_key(name) { Action::Change } else { Action::Add };
        Some(sql.own_sequence(name, Some(owner)).about(&subject(name, action)))
    });
    owned.collect()
}

/// Sequences that go, once no default uses them.
pub(super) fn drop(sql: &dyn SqlDialect, before: &Catalog, after: &Catalog) -> Vec<Statement> {
    let dropped = before.sequences.keys().filter(|name| !after.sequences.contains_key(*name));
    dropped.map(|name| sql.drop_sequence(name).about(&subject(name, Action::Drop))).collect()
}

fn subject(name: &ObjectName, action: Action) -> Subject {
    Subject::of(DatabaseObject::Sequence(name.clone()), action)
}
