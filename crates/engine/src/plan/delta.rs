//! What differs between two states of a table that stays.

use std::collections::{BTreeMap, BTreeSet};

use orm_model::ObjectName;

use super::{Moves, Statement};
use crate::{
    catalog::{Catalog, Check, Column, ForeignKey, Index, IndexKey, Table},
    dialect::{Dependents, SqlDialect},
};

/// The differences of one table. What is changed in place stands in neither of two lists of names, what is replaced in
/// both.
pub(super) struct Delta<'a> {
    pub(super) before: &'a Table,
    pub(super) after: &'a Table,
    pub(super) dropped_columns: Vec<&'a Column>,
    pub(super) added_columns: Vec<&'a Column>,
    pub(super) changed_columns: Vec<(&'a Column, &'a Column)>,
    /// Columns that get another name by way of a new column.
    pub(super) moved_columns: Vec<(&'a Column, &'a Column)>,
    /// Columns whose values are stored as other texts, the old and the new one of each.
    pub(super) rewritten_columns: Vec<(&'a Column, &'a [(String, String)])>,
    /// Generated columns that go and come back, in both lists.
    rebuilt_columns: BTreeSet<&'a str>,
    pub(super) replaces_key: bool,
    pub(super) indexes: Replaced<'a>,
    pub(super) uniques: Replaced<'a>,
    pub(super) checks: Replaced<'a>,
    pub(super) foreign_keys: Replaced<'a>,
    /// What changes foreign keys in place.
    pub(super) altered_foreign_keys: Vec<Statement>,
}

impl<'a> Delta<'a> {
    /// Takes foreign keys that can change in place out of those that go and come back.
    fn alter_foreign_keys(&mut self, held: &Held<'_>, sql: &dyn SqlDialect) {
        let (before, after) = (self.before, self.after);
        let alter = |name: &str| {
            let (old, new) = (before.foreign_keys.get(name)?, after.foreign_keys.get(name)?);
            let is_free = !held.hold(&before.name, old);
            is_free.then(|| sql.alter_foreign_key(&after.name, name, old, new)).flatten()
        };
        let altered = self.foreign_keys.added.iter().filter_map(|name| Some((*name, alter(name)?)));
        let (names, statements): (Vec<&'a str>, Vec<_>) = altered.unzip();
        self.foreign_keys.dropped.retain(|name| !names.contains(name));
        self.foreign_keys.added.retain(|name| !names.contains(name));
        self.altered_foreign_keys = statements;
    }

    /// The table before, less the columns that go, also those that come back.
    pub(super) fn without_dropped(&self) -> Table {
        let mut table = self.before.clone();
        table.columns.retain(|column| !self.dropped_columns.iter().any(|it| it.name == column.name));
        table
    }

    /// The checks that stay as they are.
    pub(super) fn kept_checks(&self) -> impl Iterator<Item = &'a Check> {
        let kept = self.before.checks.iter().filter(|(name, _)| !self.checks.dropped.contains(&name.as_str()));
        kept.map(|(_, check)| check).filter(|check| check.enforced)
    }

    /// Whether the row deletion policy cannot stay, whatever comes after it.
    pub(super) fn replaces_ttl(&self) -> bool {
        let column = |table: &Table| table.ttl.as_ref().map(|ttl| ttl.column.clone());
        let is_rebuilt = |name: &String| self.rebuilt_columns.contains(name.as_str());
        column(self.before) != column(self.after) || column(self.before).is_some_and(|name| is_rebuilt(&name))
    }
}

/// Names of things to drop and to add, and of those that are the same under another name.
#[derive(Default)]
pub(super) struct Replaced<'a> {
    pub(super) dropped: Vec<&'a str>,
    pub(super) added: Vec<&'a str>,
    pub(super) renamed: Vec<(&'a str, &'a str)>,
}

impl<'a> Replaced<'a> {
    /// What is not the same on both sides, and what has to make way although it is.
    fn of<T: PartialEq>(
        before: &'a BTreeMap<String, T>,
        after: &'a BTreeMap<String, T>,
        sql: &dyn SqlDialect,
        makes_way: impl Fn(&str, &T) -> bool,
    ) -> Self {
        let stays = |name: &String, it: &T| before.get(name) == after.get(name) && !makes_way(name, it);
        let changed = |side: &'a BTreeMap<String, T>| {
            side.iter().filter(|(name, it)| !stays(name, it)).map(|(name, _)| name.as_str()).collect()
        };
        let mut replaced = Replaced { dropped: changed(before), added: changed(after), renamed: Vec::new() };
        if sql.dialect().capabilities().rename_columns {
            replaced.rename(before, after, makes_way);
        }
        replaced
    }

    /// Renames instead of dropping and adding what is the same; a name must be free on both sides.
    fn rename<T: PartialEq>(
        &mut self,
        before: &'a BTreeMap<String, T>,
        after: &'a BTreeMap<String, T>,
        makes_way: impl Fn(&str, &T) -> bool,
    ) {
        for old in std::mem::take(&mut self.dropped) {
            let stays = before.get(old).filter(|it| !makes_way(old, it) && !after.contains_key(old));
            let is_same = |new: &&str| !before.contains_key(*new) && after.get(*new) == stays;
            match self.added.iter().position(|new| stays.is_some() && is_same(new)) {
                Some(at) => self.renamed.push((old, self.added.remove(at))),
                None => self.dropped.push(old),
            }
        }
    }
}

/// The differences of all tables that stay, in the order of their names.
pub(super) fn deltas<'a>(
    before: &'a Catalog,
    after: &'a Catalog,
    moves: &'a Moves<'_>,
    sql: &dyn SqlDialect,
) -> Vec<Delta<'a>> {
    let pairs = before.tables.iter().filter_map(|(name, table)| Some((table, after.tables.get(name)?)));
    let mut deltas = pairs.map(|(before, after)| delta(before, after, moves, sql)).collect::<Vec<_>>();
    let held = held_columns(&deltas, sql);
    for delta in &mut deltas {
        delta.foreign_keys = Replaced::of(&delta.before.foreign_keys, &delta.after.foreign_keys, sql, |_, key| {
            held.hold(&delta.before.name, key)
        });
        delta.alter_foreign_keys(&held, sql);
    }
    deltas
}

fn delta<'a>(before: &'a Table, after: &'a Table, moves: &'a Moves<'_>, sql: &dyn SqlDialect) -> Delta<'a> {
    let moved = moves.moved.iter().filter(|it| *it.table == after.name);
    let moved_columns = moved
        .filter_map(|it| Some((before.column(it.before)?, after.column(it.after)?)))
        // What is computed holds nothing to keep, and takes nothing.
        .filter(|(old, new)| old.generated.is_none() && new.generated.is_none())
        .filter(|(old, new)| after.column(&old.name).is_none() && before.column(&new.name).is_none())
        .collect::<Vec<_>>();
    let is_moved = |it: &Column| moved_columns.iter().any(|(old, new)| [&old.name, &new.name].contains(&&it.name));
    let rewritten = moves.rewrites.iter().filter(|it| it.table == after.name);
    let rebuilt_columns = super::generated::rebuilt(before, after, sql);
    let changed_columns = super::generated::kept_columns(before, after)
        .filter(|(old, new)| differ_beyond_comment(old, new) && !rebuilt_columns.contains(old.name.as_str()))
        .collect::<Vec<_>>();
    let blocked = |pick: fn(Dependents) -> bool| {
        let columns = changed_columns.iter().filter(|(old, new)| pick(sql.blocking_dependents(old, new)));
        columns.map(|(old, _)| old.name.as_str()).chain(rebuilt_columns.iter().copied()).collect::<BTreeSet<_>>()
    };
    let (index_columns, check_columns) = (blocked(|it| it.indexes), blocked(|it| it.checks));
    let reads = |text: &str| check_columns.iter().any(|column| mentions(text, column, &sql.quote(column)));
    let is_rebuilt = |it: &Column| rebuilt_columns.contains(it.name.as_str());
    let goes = |it: &&Column| is_rebuilt(it) || (after.column(&it.name).is_none() && !is_moved(it));
    let comes = |it: &&Column| is_rebuilt(it) || (before.column(&it.name).is_none() && !is_moved(it));
    Delta {
        before,
        after,
        dropped_columns: super::generated::dependents_first(before.columns.iter().filter(goes), sql),
        added_columns: super::generated::inputs_first(after.columns.iter().filter(comes), sql),
        replaces_key: before.primary_key != after.primary_key
            || before.key_columns().any(|name| rebuilt_columns.contains(name)),
        indexes: Replaced::of(&before.indexes, &after.indexes, sql, |_, index| {
            uses(index, &index_columns) || index.expressions().any(reads)
        }),
        uniques: Replaced::of(&before.uniques, &after.uniques, sql, |_, unique| {
            unique.columns.iter().any(|name| rebuilt_columns.contains(name.as_str()))
        }),
        checks: Replaced::of(&before.checks, &after.checks, sql, |_, check| reads(&check.condition)),
        foreign_keys: Replaced::default(),
        altered_foreign_keys: Vec::new(),
        changed_columns,
        rewritten_columns: rewritten.filter_map(|it| Some((after.column(&it.column)?, it.texts.as_slice()))).collect(),
        moved_columns,
        rebuilt_columns,
    }
}

fn differ_beyond_comment(old: &Column, new: &Column) -> bool {
    Column { comment: None, ..old.clone() } != Column { comment: None, ..new.clone() }
}

fn uses(index: &Index, columns: &BTreeSet<&str>) -> bool {
    let keys = index.keys.iter().filter_map(IndexKey::column_name);
    keys.chain(index.storing.iter().map(String::as_str)).any(|name| columns.contains(name))
}

/// Whether the text of an expression reads a column.
pub(super) fn mentions(text: &str, column: &str, quoted: &str) -> bool {
    let mut words = text.split(|it: char| !(it.is_alphanumeric() || it == '_'));
    words.any(|word| word == column) || (quoted != column && text.contains(quoted))
}

/// Columns and keys that cannot change under a foreign key.
struct Held<'a> {
    columns: BTreeSet<(&'a ObjectName, &'a str)>,
    keys: BTreeMap<&'a ObjectName, Vec<BTreeSet<&'a str>>>,
}

impl Held<'_> {
    fn hold(&self, table: &ObjectName, key: &ForeignKey) -> bool {
        let own = key.columns.iter().any(|column| self.columns.contains(&(table, column.as_str())));
        let others = key.referenced_columns.iter();
        let referenced = others.clone().map(String::as_str).collect::<BTreeSet<_>>();
        own || others.into_iter().any(|column| self.columns.contains(&(&key.references, column.as_str())))
            || self.keys.get(&key.references).is_some_and(|keys| keys.contains(&referenced))
    }
}

fn held_columns<'a>(deltas: &[Delta<'a>], sql: &dyn SqlDialect) -> Held<'a> {
    let mut held = Held { columns: BTreeSet::new(), keys: BTreeMap::new() };
    for delta in deltas {
        for (old, new) in &delta.changed_columns {
            if sql.blocking_dependents(old, new).foreign_keys {
                held.columns.insert((&delta.before.name, &old.name));
            }
        }
        for (column, _) in &delta.rewritten_columns {
            held.columns.insert((&delta.before.name, &column.name));
        }
        held.columns.extend(delta.rebuilt_columns.iter().map(|name| (&delta.before.name, *name)));
        if sql.foreign_keys_need_unique() {
            held.keys.insert(&delta.before.name, replaced_keys(delta));
        }
    }
    held
}

/// The columns of unique keys that go, even if an equal one comes.
fn replaced_keys<'a>(delta: &Delta<'a>) -> Vec<BTreeSet<&'a str>> {
    let primary = delta.replaces_key.then(|| delta.before.key_columns().collect());
    let uniques = delta.uniques.dropped.iter().filter_map(|name| delta.before.uniques.get(*name));
    let uniques = uniques.map(|unique| unique.columns.iter().map(String::as_str).collect());
    let indexes = delta.indexes.dropped.iter().filter_map(|name| delta.before.indexes.get(*name));
    let indexes = indexes.filter_map(Index::unique_columns).map(BTreeSet::from_iter);
    primary.into_iter().chain(uniques).chain(indexes).collect()
}
