//! Generated columns in a plan.
//!
//! No database changes how an existing column is computed, and what a stored value is made of holds still. A generated
//! column is therefore dropped and added anew, which loses nothing, because the database computes it.

use std::collections::BTreeSet;

use super::delta::mentions;
use crate::{
    catalog::{Column, Table},
    dialect::SqlDialect,
};

/// The columns that are there before and after.
pub(super) fn kept_columns<'a>(before: &'a Table, after: &'a Table) -> impl Iterator<Item = (&'a Column, &'a Column)> {
    before.columns.iter().filter_map(|old| Some((old, after.column(&old.name)?)))
}

/// The names of columns that stay and have to be dropped and added anew.
pub(super) fn rebuilt<'a>(before: &'a Table, after: &'a Table, sql: &dyn SqlDialect) -> BTreeSet<&'a str> {
    let blocked = kept_columns(before, after).filter(|(old, new)| sql.blocking_dependents(old, new).generated);
    let mut moved = blocked.map(|(old, _)| old.name.as_str()).collect::<BTreeSet<_>>();
    let mut rebuilt = BTreeSet::new();
    // What is rebuilt may be an input of another generated column.
    loop {
        let waiting = kept_columns(before, after).filter(|(old, _)| !rebuilt.contains(old.name.as_str()));
        let next = waiting
            .filter(|(old, new)| is_computed_otherwise(old, new) || reads_any(old, new, &moved, sql))
            .map(|(old, _)| old.name.as_str())
            .collect::<Vec<_>>();
        if next.is_empty() {
            return rebuilt;
        }
        moved.extend(&next);
        rebuilt.extend(next);
    }
}

/// A column that is computed no longer is the dialect's business: PostgreSQL keeps its values.
fn is_computed_otherwise(before: &Column, after: &Column) -> bool {
    let retyped = before.generated.is_some() && before.sql_type != after.sql_type;
    after.generated.is_some() && (before.generated != after.generated || retyped)
}

fn reads_any(before: &Column, after: &Column, columns: &BTreeSet<&str>, sql: &dyn SqlDialect) -> bool {
    let texts = [before, after].map(|it| it.generated.as_ref().map(|it| it.expression.as_str()));
    after.generated.is_some()
        && columns.iter().any(|name| texts.iter().flatten().any(|text| mentions(text, name, &sql.quote(name))))
}

/// The columns in an order in which they can be added: what is computed stands after what it is made of.
pub(super) fn inputs_first<'a>(columns: impl Iterator<Item = &'a Column>, sql: &dyn SqlDialect) -> Vec<&'a Column> {
    let (generated, mut ordered): (Vec<_>, Vec<_>) = columns.partition(|it| it.generated.is_some());
    ordered.extend(by_inputs(generated, sql));
    ordered
}

/// The columns in an order in which they can be dropped.
pub(super) fn dependents_first<'a>(columns: impl Iterator<Item = &'a Column>, sql: &dyn SqlDialect) -> Vec<&'a Column> {
    let (generated, plain): (Vec<_>, Vec<_>) = columns.partition(|it| it.generated.is_some());
    by_inputs(generated, sql).into_iter().rev().chain(plain).collect()
}

fn by_inputs<'a>(mut waiting: Vec<&'a Column>, sql: &dyn SqlDialect) -> Vec<&'a Column> {
    let reads = |column: &Column, other: &Column| {
        let text = column.generated.as_ref().map_or("", |it| it.expression.as_str());
        column.name != other.name && mentions(text, &other.name, &sql.quote(&other.name))
    };
    let mut ordered = Vec::new();
    while let Some(at) = waiting.iter().position(|it| !waiting.iter().any(|other| reads(it, other))) {
        ordered.push(waiting.remove(at));
    }
    // A circle has no order; the database refuses it.
    ordered.extend(waiting);
    ordered
}
