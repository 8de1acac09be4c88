//! Tables and mixins: columns, keys, indexes, foreign keys, checks, interleaving.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{
    column::{self, Column, Type},
    condition::{self, Condition},
    only::{self, Extra},
    text,
};

/// A table; its number in the schema gives its name.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) doc: Option<String>,
    /// Whether it has another name in the database.
    pub(super) renamed: bool,
    /// Whether it is in a named schema.
    pub(super) in_schema: bool,
    /// The mixin that it spreads.
    pub(super) mixin: Option<usize>,
    /// Whether it declares the mixin's first column again.
    pub(super) replaces: bool,
    pub(super) key: Key,
    pub(super) columns: Vec<Column>,
    /// Columns of each unique constraint.
    pub(super) uniques: Vec<Vec<Index>>,
    pub(super) indexes: Vec<TableIndex>,
    pub(super) foreign_keys: Vec<ForeignKey>,
    pub(super) checks: Vec<Check>,
    pub(super) interleave: Option<Interleave>,
    /// What stands at the end, apart from all else.
    pub(super) extras: Vec<Extra>,
}

/// The types of a primary key and how it is written.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) types: Vec<Type>,
    /// `@primary_key` on the columns instead of an item.
    pub(super) as_attribute: bool,
    pub(super) named: bool,
    /// Whether the last column runs downwards.
    pub(super) descending: bool,
}

/// An index.
#[derive(Debug, Clone)]
pub(super) struct TableIndex {
    /// The columns, and whether each runs downwards.
    pub(super) keys: Vec<(Index, bool)>,
    pub(super) storing: Vec<Index>,
    pub(super) unique: bool,
    pub(super) null_filtered: bool,
    pub(super) named: bool,
}

/// A foreign key; its columns are made for it, one for each of the key that it refers to.
#[derive(Debug, Clone)]
pub(super) struct ForeignKey {
    /// The table that it refers to.
    pub(super) table: Index,
    pub(super) nullable: bool,
    pub(super) on_delete: Option<&'static str>,
    pub(super) named: bool,
    /// `@references` on the column, where there is one column.
    pub(super) as_attribute: bool,
}

/// A check.
#[derive(Debug, Clone)]
pub(super) struct Check {
    pub(super) condition: Condition,
    pub(super) named: bool,
}

/// The parent, one of the tables before, and the action.
#[derive(Debug, Clone)]
pub(super) struct Interleave {
    pub(super) parent: Index,
    pub(super) on_delete: Option<&'static str>,
}

/// A mixin.
#[derive(Debug, Clone)]
pub(super) struct Mixin {
    pub(super) doc: Option<String>,
    /// The mixin that it spreads, a lower number.
    pub(super) spreads: Option<usize>,
    pub(super) columns: Vec<Column>,
    /// Whether it brings an index on its first column.
    pub(super) index: bool,
    pub(super) check: Option<Condition>,
}

/// The mixin with this number; it may spread the one before.
pub(super) fn mixin(number: usize) -> impl Strategy<Value = Mixin> {
    let before = number.checked_sub(1);
    let check = prop::option::weighted(0.3, condition::condition());
    (text::doc(), any::<bool>(), vec(column::column(), 1..3), any::<bool>(), check).prop_map(
        move |(doc, spreads, columns, index, check)| {
            let spreads = before.filter(|_| spreads);
            Mixin { doc, spreads, columns, index, check }
        },
    )
}

/// Any table.
pub(super) fn table() -> impl Strategy<Value = Table> {
    let mixin = prop::option::weighted(0.5, 0..2_usize);
    let flag = || prop::bool::weighted(0.2);
    let head = (text::doc(), flag(), flag(), mixin, flag());
    let members = (
        vec(vec(any::<Index>(), 1..3), 0..2),
        vec(index(), 0..3),
        vec(foreign_key(), 0..3),
        vec((condition::condition(), any::<bool>()), 0..3),
        prop::option::weighted(0.3, interleave()),
        vec(only::extra(), 0..3),
    );
    (head, key(), vec(column::column(), 0..6), members).prop_map(|(head, key, columns, members)| {
        let (doc, renamed, in_schema, mixin, replaces) = head;
        let (uniques, indexes, foreign_keys, checks, interleave, extras) = members;
        let checks = checks.into_iter().map(|(condition, named)| Check { condition, named }).collect();
        Table {
            doc,
            renamed,
            in_schema,
            mixin,
            replaces,
            key,
            columns,
            uniques,
            indexes,
            foreign_keys,
            checks,
            interleave,
            extras,
        }
    })
}

fn key() -> impl Strategy<Value = Key> {
    (vec(column::key_type(), 1..3), any::<bool>(), prop::bool::weighted(0.3), prop::bool::weighted(0.1))
        .prop_map(|(types, as_attribute, named, descending)| Key { types, as_attribute, named, descending })
}

fn index() -> impl Strategy<Value = TableIndex> {
    let keys = vec((any::<Index>(), any::<bool>()), 1..4);
    let storing = prop_oneof![2 => Just(Vec::new()), 1 => vec(any::<Index>(), 1..3)];
    (keys, storing, prop::bool::weighted(0.3), prop::bool::weighted(0.2), any::<bool>()).prop_map(
        |(keys, storing, unique, null_filtered, named)| TableIndex { keys, storing, unique, null_filtered, named },
    )
}

fn foreign_key() -> impl Strategy<Value = ForeignKey> {
    let on_delete = select(vec![None, None, Some("no_action"), Some("cascade"), Some("restrict"), Some("set_null")]);
    (any::<Index>(), any::<bool>(), on_delete, prop::bool::weighted(0.2), any::<bool>()).prop_map(
        |(table, nullable, on_delete, named, as_attribute)| ForeignKey {
            table,
            nullable,
            on_delete,
            named,
            as_attribute,
        },
    )
}

fn interleave() -> impl Strategy<Value = Interleave> {
    (any::<Index>(), select(vec![None, Some("cascade"), Some("no_action")]))
        .prop_map(|(parent, on_delete)| Interleave { parent, on_delete })
}

impl Table {
    /// Takes the parts of another table for which `other_one` says so.
    pub(super) fn take_parts(&mut self, other: &Table, mut other_one: impl FnMut() -> bool) {
        macro_rules! take {
            ($($part:ident),*) => {$(
                if other_one() {
                    self.$part.clone_from(&other.$part);
                }
            )*};
        }
        take!(doc, mixin, replaces, uniques, indexes, foreign_keys, checks, extras);
        for (column, other) in self.columns.iter_mut().zip(&other.columns) {
            if other_one() {
                column.take_parts(other, &mut other_one);
            }
        }
        if other_one() {
            self.columns.extend(other.columns.iter().skip(self.columns.len()).cloned());
        } else if other_one() {
            self.columns.truncate(other.columns.len());
        }
    }

    /// The table that it is interleaved in, when it has this number.
    pub(super) fn parent(&self, number: usize) -> Option<usize> {
        let interleave = self.interleave.as_ref()?;
        (number > 0).then(|| interleave.parent.index(number))
    }
}
