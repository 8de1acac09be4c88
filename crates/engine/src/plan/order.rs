//! The order of tables: what a table needs stands before it.

use std::collections::BTreeSet;

use orm_model::ObjectName;

use crate::catalog::{Catalog, Table};

/// All tables, parents before children, otherwise by name.
///
/// Foreign keys may go in circles and are added at the end anyway, so their order is for the reader's sake. Interleaving
/// never goes in circles, and its order must hold: it has the last word.
pub(super) fn parents_first(catalog: &Catalog) -> Vec<&Table> {
    let by_keys = visit(catalog, catalog.tables.values(), |table| {
        let interleave = table.interleave.iter().map(|it| &it.parent);
        interleave.chain(table.foreign_keys.values().map(|key| &key.references)).collect()
    });
    visit(catalog, by_keys, |table| table.interleave.iter().map(|it| &it.parent).collect())
}

/// Depth first, without recursion: a chain of parents may be as long as the schema.
fn visit<'a>(
    catalog: &'a Catalog,
    tables: impl IntoIterator<Item = &'a Table>,
    parents: impl Fn(&'a Table) -> Vec<&'a ObjectName>,
) -> Vec<&'a Table> {
    let mut seen = BTreeSet::new();
    let mut ordered = Vec::new();
    for table in tables {
        let mut stack = Vec::new();
        if seen.insert(&table.name) {
            stack.push((table, parents(table).into_iter()));
        }
        while let Some((table, rest)) = stack.last_mut() {
            match rest.next() {
                Some(parent) => {
                    if let Some(parent) = catalog.tables.get(parent).filter(|parent| seen.insert(&parent.name)) {
                        stack.push((parent, parents(parent).into_iter()));
                    }
                }
                None => {
                    ordered.push(*table);
                    stack.pop();
                }
            }
        }
    }
    ordered
}
