//! The part of two schemas that a plan between them depends on.
//!
//! What is the same on both sides and stands in no relation with what differs takes no part in the plan. An editor plans at
//! each keystroke, mostly one changed table among a thousand, so it does not lower the others.

use std::collections::{BTreeMap, BTreeSet};

use orm_model::{ObjectName, ScalarType, Schema, Table, View, query::Relation};

/// A schema whose tables stay where they are.
#[derive(Debug, Clone, Default)]
pub struct SchemaView<'a> {
    /// The tables by name.
    pub tables: BTreeMap<&'a ObjectName, &'a Table>,
    /// Everything else; it has no tables.
    pub rest: Schema,
}

impl<'a> From<&'a Schema> for SchemaView<'a> {
    fn from(schema: &'a Schema) -> Self {
        let Schema { tables: _, enums, sequences, views, extensions, raw } = schema;
        let (enums, sequences, views) = (enums.clone(), sequences.clone(), views.clone());
        let (extensions, raw) = (extensions.clone(), raw.clone());
        let rest = Schema { tables: BTreeMap::new(), enums, sequences, views, extensions, raw };
        SchemaView { tables: schema.tables.iter().collect(), rest }
    }
}

/// Two schemas between which the plan is the one between `before` and `after`, with as few tables as that takes.
pub fn slice(before: &SchemaView<'_>, after: &SchemaView<'_>) -> (Schema, Schema) {
    let kept = Kept { before, after }.tables();
    let part = |view: &SchemaView<'_>| {
        let tables = view.tables.iter().filter(|(name, _)| kept.contains(**name));
        let tables = tables.map(|(name, table)| ((*name).clone(), (*table).clone())).collect();
        Schema { tables, ..view.rest.clone() }
    };
    (part(before), part(after))
}

struct Kept<'s, 'a> {
    before: &'s SchemaView<'a>,
    after: &'s SchemaView<'a>,
}

impl<'a> Kept<'_, 'a> {
    fn tables(&self) -> BTreeSet<&'a ObjectName> {
        let changed: BTreeSet<_> = self.all().filter(|table| self.differs(table)).map(|it| &it.name).collect();
        let mut kept = changed.clone();
        for table in self.all() {
            let neighbours = neighbours(table);
            if changed.contains(&table.name) {
                kept.extend(neighbours);
            } else if neighbours.into_iter().any(|it| changed.contains(it)) {
                kept.insert(&table.name);
            }
        }
        kept.extend(self.schemas());
        let read: BTreeSet<_> =
            [self.before, self.after].iter().flat_map(|it| it.rest.views.values().flat_map(read)).collect();
        kept.extend(self.all().map(|it| &it.name).filter(|name| read.contains(name)));
        self.with_parents(kept)
    }

    /// All tables, those that are on both sides twice.
    fn all(&self) -> impl Iterator<Item = &'a Table> {
        self.before.tables.values().chain(self.after.tables.values()).copied()
    }

    fn differs(&self, table: &Table) -> bool {
        let enums = |view: &SchemaView<'_>, name: &str| view.rest.enums.get(name).cloned();
        let has_other_enum = || {
            let mut names = table.columns.iter().filter_map(|it| match &it.column_type.scalar {
                ScalarType::Enum(name) => Some(name),
                _ => None,
            });
            names.any(|name| enums(self.before, name) != enums(self.after, name))
        };
        self.before.tables.get(&table.name) != self.after.tables.get(&table.name) || has_other_enum()
    }

    /// A table of each named schema that both sides have, so that nobody makes it.
    fn schemas(&self) -> impl Iterator<Item = &'a ObjectName> {
        let stays = |name: &&'a ObjectName| name.schema.is_some() && self.after.tables.contains_key(*name);
        let mut schemas = BTreeSet::new();
        let firsts = self.before.tables.keys().copied().filter(stays);
        firsts.filter(|name| schemas.insert(name.schema.as_deref())).collect::<Vec<_>>().into_iter()
    }

    /// What a table is stored in is part of its key.
    fn with_parents(&self, mut kept: BTreeSet<&'a ObjectName>) -> BTreeSet<&'a ObjectName> {
        let mut open: Vec<_> = kept.iter().copied().collect();
        while let Some(name) = open.pop() {
            let tables = [self.before, self.after].into_iter().filter_map(|it| it.tables.get(name).copied());
            for parent in tables.filter_map(|it| it.interleave.as_ref()).map(|it| &it.parent) {
                if kept.insert(parent) {
                    open.push(parent);
                }
            }
        }
        kept
    }
}

/// The tables that a table names.
fn neighbours(table: &Table) -> Vec<&ObjectName> {
    let keys = table.foreign_keys.iter().map(|it| &it.references);
    let indexes = table.indexes.iter().filter_map(|it| it.interleave.as_ref());
    keys.chain(table.interleave.iter().map(|it| &it.parent)).chain(indexes).collect()
}

/// The tables and views that a view reads, as far as the model knows.
fn read(view: &View) -> Vec<ObjectName> {
    let mut names = Vec::new();
    if let Some(mut select) = view.select.clone() {
        select.walk_mut(&mut |it| {
            names.extend(it.sources().filter_map(|source| match &source.relation {
                Relation::Table(name) => Some(name.clone()),
                _ => None,
            }));
        });
    }
    names
}
