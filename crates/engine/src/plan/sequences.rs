//! Sequences: made before the tables whose defaults use them, dropped after.

use orm_model::ObjectName;

use crate::{
    catalog::{Catalog, Sequence},
    dialect::SqlDialect,
    plan::Statement,
};

/// A sequence goes with its column in PostgreSQL; one that stays, or goes later, is released first.
pub(super) fn release(sql: &dyn SqlDialect, before: &Catalog, after: &Catalog) -> Vec<Statement> {
    let is_released = |(name, it): &(&ObjectName, &Sequence)| {
        it.owned_by.is_some() && after.sequences.get(*name).is_none_or(|new| new.owned_by != it.owned_by)
    };
    let released = before.sequences.iter().filter(is_released);
    released.map(|(name, _)| sql.own_sequence(name, None)).collect()
}

/// New sequences, without owners, and changes of those that stay.
pub(super) fn create(sql: &dyn SqlDialect, before: &Catalog, after: &Catalog) -> Vec<Statement> {
    let statements = after.sequences.iter().map(|(name, new)| match before.sequences.get(name) {
        Some(old) => sql.alter_sequence(name, old, new),
        None => sql.create_sequence(name, new),
    });
    statements.flatten().collect()
}

/// Owners, once their columns are there.
pub(super) fn own(sql: &dyn SqlDialect, before: &Catalog, after: &Catalog) -> Vec<Statement> {
    let owned = after.sequences.iter().filter_map(|(name, new)| {
        let old = before.sequences.get(name).and_then(|it| it.owned_by.as_ref());
        let owner = new.owned_by.as_ref().filter(|owner| old != Some(*owner))?;
        Some(sql.own_sequence(name, Some(owner)))
    });
    owned.collect()
}

/// Sequences that go, once no default uses them.
pub(super) fn drop(sql: &dyn SqlDialect, before: &Catalog, after: &Catalog) -> Vec<Statement> {
    let dropped = before.sequences.keys().filter(|name| !after.sequences.contains_key(*name));
    dropped.map(|name| sql.drop_sequence(name)).collect()
}
