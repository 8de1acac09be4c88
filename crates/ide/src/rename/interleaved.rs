//! Key columns of interleaved tables: a table that is stored in another one begins its key with the key of that, by the same
//! names. So such a column is renamed in all of them.

use std::collections::{BTreeMap, HashSet};

use orm_model::ObjectName;
use orm_schema_lang::{
    Database, Project,
    database::{Declaration, item_tree},
    item::{Anchor, DeclarationKind},
    lower::table::{LoweredTable, lower_table},
};

use super::tables_with;
use crate::symbol::{ColumnSymbol, columns};

/// The other columns that are called like a key column because of an interleaving.
pub(super) fn called_alike<'db>(db: &'db Database, column: ColumnSymbol<'db>) -> Vec<ColumnSymbol<'db>> {
    let is_key = |table: Declaration| name(&column).is_some_and(|it| lowered(db, table).table.is_key_column(it));
    if !tables_with(db, column.written_in).into_iter().any(is_key) {
        return Vec::new();
    }
    let interleaving = Interleaving::new(db);
    let mut seen = HashSet::from([place(&column)]);
    let (mut found, mut next) = (vec![column], 0);
    while let Some(current) = found.get(next).copied() {
        next += 1;
        for table in tables_with(db, current.written_in) {
            found.extend(interleaving.called_alike(table, &current).filter(|it| seen.insert(place(it))));
        }
    }
    found.remove(0);
    found
}

/// The tables of the project by their names in the databases, and which are stored in which.
struct Interleaving<'db> {
    db: &'db Database,
    tables: BTreeMap<&'db ObjectName, Declaration>,
    children: BTreeMap<&'db ObjectName, Vec<Declaration>>,
}

impl<'db> Interleaving<'db> {
    fn new(db: &'db Database) -> Self {
        let (mut tables, mut children) = (BTreeMap::new(), BTreeMap::<_, Vec<_>>::new());
        let declarations = Project::get(db).files(db).into_iter().flat_map(|file| item_tree(db, file));
        for declaration in declarations.copied().filter(|it| it.kind(db) == DeclarationKind::Table) {
            let table = &lowered(db, declaration).table;
            tables.insert(&table.name, declaration);
            if let Some(interleave) = &table.interleave {
                children.entry(&interleave.parent).or_default().push(declaration);
            }
        }
        Interleaving { db, tables, children }
    }

    /// The key columns of its parent and its children that are called like a key column of a table.
    fn called_alike(
        &self,
        declaration: Declaration,
        column: &ColumnSymbol<'db>,
    ) -> impl Iterator<Item = ColumnSymbol<'db>> + use<'db> {
        let (db, table) = (self.db, &lowered(self.db, declaration).table);
        let name = name(column).filter(|it| table.is_key_column(it));
        let parent = table.interleave.as_ref().and_then(|it| self.tables.get(&it.parent)).copied();
        let others = self.children.get(&table.name).into_iter().flatten().copied().chain(parent);
        let others: Vec<_> =
            others.filter(|it| name.is_some_and(|name| lowered(db, *it).table.is_key_column(name))).collect();
        others.into_iter().filter_map(move |other| {
            let shape = columns(db, other).iter().find(|it| Some(it.column.name.as_str()) == name)?;
            ColumnSymbol::new(db, other, shape).filter(|it| self::name(it).is_some())
        })
    }
}

/// What a column is called in the databases, if that is its name in the text: only then a rename changes it.
fn name<'db>(column: &ColumnSymbol<'db>) -> Option<&'db str> {
    let column = &column.shape.column;
    column.declared_name.is_none().then_some(column.name.as_str())
}

fn place(column: &ColumnSymbol<'_>) -> (Declaration, Anchor) {
    (column.written_in, column.item.name.anchor)
}

fn lowered(db: &Database, table: Declaration) -> &LoweredTable {
    lower_table(db, Project::get(db), table)
}
