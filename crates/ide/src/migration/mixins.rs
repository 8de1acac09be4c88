//! What the edit of a mixin does to the tables that spread it.
//!
//! Migrations know nothing of mixins, so an edit of one is what happens alike in all tables that spread it and that the
//! migrations have made. What comes or changes is told to stand in the mixin by its place in the text. Of what went, that is
//! not known: two tables at least must have lost it, and not all those of a larger mixin. Where one table alone spreads a mixin,
//! a column was the mixin's if it stood among those that are.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use orm_engine::plan::{DataLoss, DatabaseObject, PartKind, Subject};
use orm_model::{Column, ForeignKey, ObjectName, Rename, Renames, Schema, Table, names, schema::Index};
use orm_schema_lang::{
    Database, Project,
    database::{Declaration, item_tree, resolve},
    item::DeclarationKind,
    lower::{
        shape::Place,
        table::{LoweredTable, Origin, lower_table},
    },
    usages::carriers,
};

use super::changed::is_same_column;
use crate::declared::Declared;

/// What changes in tables because of a mixin: names of columns, keys, indexes and checks, by the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct MixinParts(BTreeMap<ObjectName, BTreeSet<String>>);

/// A part of a table that a mixin can bring.
struct TablePart {
    /// What it is, whatever the table calls it.
    shape: String,
    /// What the table calls it.
    name: String,
    /// Where it is written; `None` for what went.
    origin: Option<Origin>,
}

/// The mixins that change tables, by name, each with what it changes.
pub(super) fn changed(
    db: &Database,
    before: &Schema,
    changed: &BTreeSet<Declared>,
    renames: &Renames,
) -> BTreeMap<Arc<str>, MixinParts> {
    let edits = Edits::of(db, before, changed, renames);
    let mut found: BTreeMap<Arc<str>, MixinParts> = BTreeMap::new();
    let mut add = |mixin: &Arc<str>, table: &ObjectName, name: &str| {
        let parts = &mut found.entry(Arc::clone(mixin)).or_default().0;
        parts.entry(table.clone()).or_default().insert(name.to_owned());
    };
    for (mixin, shapes) in &edits.came {
        let spreading = tables_spreading(db, before, renames, mixin);
        for tables in shapes.values().filter(|tables| spreading.iter().all(|it| tables.contains_key(it))) {
            tables.iter().for_each(|(table, name)| add(mixin, table, name));
        }
    }
    if edits.went.is_empty() {
        return found;
    }
    let mixins: Vec<_> = declarations(db, DeclarationKind::Mixin).map(|it| it.name(db)).collect();
    let mixins: Vec<_> = mixins.into_iter().map(|it| (it, tables_spreading(db, before, renames, it))).collect();
    for tables in edits.went.values() {
        let has_lost = |spreading: &BTreeSet<ObjectName>| {
            spreading.len() > 1 && spreading.iter().all(|it| tables.contains_key(it))
        };
        let losing: Vec<_> = mixins.iter().filter(|(_, spreading)| has_lost(spreading)).collect();
        for (mixin, spreading) in &losing {
            if !losing.iter().any(|(_, other)| other.len() > spreading.len() && other.is_superset(spreading)) {
                spreading.iter().for_each(|table| add(mixin, table, &tables[table]));
            }
        }
    }
    for (mixin, table, column) in &edits.went_beside {
        let is_alone = |(it, spreading): &(&Arc<str>, BTreeSet<ObjectName>)| *it == mixin && spreading.len() == 1;
        if mixins.iter().any(is_alone) {
            add(mixin, table, column);
        }
    }
    found
}

/// Parts by their shapes: the tables, each with the name of the part.
type ByShape = BTreeMap<String, BTreeMap<ObjectName, String>>;

#[derive(Default)]
struct Edits {
    /// What came, by the mixin that it is written in.
    came: BTreeMap<Arc<str>, ByShape>,
    /// What went.
    went: ByShape,
    /// The columns that went from among those of a mixin: the mixin, the table and the column.
    went_beside: Vec<(Arc<str>, ObjectName, String)>,
}

impl Edits {
    fn of(db: &Database, before: &Schema, changed: &BTreeSet<Declared>, renames: &Renames) -> Self {
        let changed: BTreeSet<_> = changed.iter().filter_map(Declared::table).collect();
        let mut edits = Edits::default();
        if changed.is_empty() {
            return edits;
        }
        for after in declarations(db, DeclarationKind::Table).map(|it| lower_table(db, Project::get(db), it)) {
            let name = &after.table.name;
            if changed.contains(name)
                && let Some(old) = before.tables.get(old_table(renames, name))
            {
                edits.add(db, old, after, renames);
            }
        }
        edits
    }

    fn add(&mut self, db: &Database, before: &Table, after: &LoweredTable, renames: &Renames) {
        let name = &after.table.name;
        for part in came(before, after, renames) {
            if let Some(origin) = part.origin.filter(|it| it.spread.is_some()) {
                let shapes = self.came.entry(Arc::clone(origin.declaration.name(db))).or_default();
                shapes.entry(part.shape).or_default().insert(name.clone(), part.name);
            }
        }
        let beside = columns_beside(db, before, after, renames);
        self.went_beside.extend(beside.map(|(mixin, column)| (mixin, name.clone(), column.to_owned())));
        for part in went(before, &after.table, renames) {
            self.went.entry(part.shape).or_default().insert(name.clone(), part.name);
        }
    }
}

/// The tables or mixins of the project.
fn declarations(db: &Database, kind: DeclarationKind) -> impl Iterator<Item = Declaration> {
    let all = Project::get(db).files(db).into_iter().flat_map(move |file| item_tree(db, file).iter().copied());
    all.filter(move |it| it.kind(db) == kind && !it.name(db).is_empty())
}

/// The tables that spread a mixin, themselves or by another one, and that the migrations have made.
fn tables_spreading(db: &Database, before: &Schema, renames: &Renames, mixin: &Arc<str>) -> BTreeSet<ObjectName> {
    let project = Project::get(db);
    let mixin = resolve(db, project, mixin, &[DeclarationKind::Mixin]);
    let carriers = mixin.into_iter().flat_map(|it| carriers(db, project, it));
    let tables = carriers.filter(|it| it.kind(db) == DeclarationKind::Table);
    let names = tables.map(|it| &lower_table(db, project, it).table.name);
    names.filter(|it| before.tables.contains_key(old_table(renames, it))).cloned().collect()
}

fn old_table<'a>(renames: &'a Renames, name: &'a ObjectName) -> &'a ObjectName {
    let old = renames.into_iter().find_map(|it| match it {
        Rename::Table { before, after } if after == name => Some(before),
        _ => None,
    });
    old.unwrap_or(name)
}

fn old_column<'a>(renames: &'a Renames, table: &ObjectName, name: &'a str) -> &'a str {
    let old = renames.into_iter().find_map(|it| match it {
        Rename::Column { table: of, before, after } if of == table && after == name => Some(before.as_str()),
        _ => None,
    });
    old.unwrap_or(name)
}

/// What a table has and had not, or had otherwise.
fn came(before: &Table, after: &LoweredTable, renames: &Renames) -> Vec<TablePart> {
    let columns = after.columns.iter().filter(|it| {
        let old = before.column(old_column(renames, &after.table.name, &it.column.name));
        old.is_none_or(|old| old.name != it.column.name || !is_same_column(old, &it.column))
    });
    let columns = columns.map(|it| TablePart { origin: Some(it.origin), ..column(&it.column.name) });
    let known: BTreeSet<_> = items(before, None).into_iter().map(|it| (it.shape, it.name)).collect();
    let items = items(&after.table, Some(after)).into_iter();
    columns.chain(items.filter(|it| !known.contains(&(it.shape.clone(), it.name.clone())))).collect()
}

/// What a table had and has no more.
fn went(before: &Table, after: &Table, renames: &Renames) -> Vec<TablePart> {
    let kept: BTreeSet<_> = after.columns.iter().map(|it| old_column(renames, &after.name, &it.name)).collect();
    let columns = before.columns.iter().filter(|it| !kept.contains(it.name.as_str())).map(|it| column(&it.name));
    let known: BTreeSet<_> = items(after, None).into_iter().map(|it| it.shape).collect();
    columns.chain(items(before, None).into_iter().filter(|it| !known.contains(&it.shape))).collect()
}

/// The columns that a table has no more and that stood among those of a mixin, with the mixin: whatever is left on both sides of
/// such a column is of that mixin, and on one side something is.
fn columns_beside<'t>(
    db: &'t Database,
    before: &'t Table,
    after: &'t LoweredTable,
    renames: &'t Renames,
) -> impl Iterator<Item = (Arc<str>, &'t str)> {
    let name = &after.table.name;
    let origins: BTreeMap<_, _> =
        after.columns.iter().map(|it| (old_column(renames, name, &it.column.name), &it.origin)).collect();
    let columns = &before.columns;
    (0..columns.len()).filter_map(move |at| {
        let kept = |it: &Column| origins.get(it.name.as_str()).copied();
        if kept(&columns[at]).is_some() {
            return None;
        }
        let sides = [columns[..at].iter().rev().find_map(kept), columns[at + 1..].iter().find_map(kept)];
        let mut sides = sides.into_iter().flatten();
        let first = sides.next().filter(|it| it.spread.is_some())?;
        let is_among = sides.all(|it| it == first);
        is_among.then(|| (Arc::clone(first.declaration.name(db)), columns[at].name.as_str()))
    })
}

fn column(name: &str) -> TablePart {
    TablePart { shape: format!("column {name}"), name: name.to_owned(), origin: None }
}

/// The keys, indexes and checks of a table, with their places where they are known.
fn items(table: &Table, lowered: Option<&LoweredTable>) -> Vec<TablePart> {
    let places: [&[Place]; 4] =
        lowered.map(|it| [&*it.uniques, &*it.indexes, &*it.foreign_keys, &*it.checks]).unwrap_or_default();
    let uniques = table.uniques.iter().map(|it| (format!("unique {:?} {}", it.columns, it.nulls_equal), &it.name));
    let indexes = table.indexes.iter().map(|it| {
        let unnamed = Index { name: String::new(), ..it.clone() };
        (format!("{unnamed:?}"), &it.name)
    });
    let keys = table.foreign_keys.iter().map(|it| {
        let unnamed = ForeignKey { name: String::new(), ..it.clone() };
        (format!("{unnamed:?}"), &it.name)
    });
    let checks = table.checks.iter().map(|it| (format!("check {:?} {}", it.expression, it.not_enforced), &it.name));
    let mut parts = Vec::new();
    let kinds: [Vec<_>; 4] = [uniques.collect(), indexes.collect(), keys.collect(), checks.collect()];
    for (kind, places) in kinds.into_iter().zip(places) {
        let places = places.iter().map(Some).chain(std::iter::repeat(None));
        parts.extend(kind.into_iter().zip(places).map(|((shape, name), place)| TablePart {
            shape,
            name: name.clone(),
            origin: place.map(|it| it.origin),
        }));
    }
    parts
}

impl MixinParts {
    /// How many tables it changes.
    pub(super) fn tables(&self) -> usize {
        self.0.len()
    }

    /// Whether a statement is about one of the parts, a check that the type of a column implies, or a hidden column of an
    /// index.
    pub(super) fn is_about(&self, subject: &Subject) -> bool {
        let (DatabaseObject::Table(table), Some(part)) = (&subject.object, &subject.part) else { return false };
        let Some(names) = self.0.get(table) else { return false };
        names.contains(&part.name)
            || names.iter().any(|name| match part.kind {
                PartKind::Check => part.name.starts_with(&names::check(table, &[name])),
                PartKind::Column => part.name.strip_prefix(name.as_str()).is_some_and(|it| it.starts_with("_key")),
                _ => false,
            })
    }

    /// Whether something of one of the columns is lost.
    pub(super) fn loses(&self, loss: &DataLoss) -> bool {
        match loss {
            DataLoss::Table { .. } => false,
            DataLoss::Column { table, column } | DataLoss::Values { table, column, .. } => {
                self.0.get(table).is_some_and(|it| it.contains(column))
            }
        }
    }
}
