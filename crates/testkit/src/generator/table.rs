//! Tables and mixins: columns, keys, indexes, foreign keys, checks, interleaving.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{
    column::{self, Column, Type},
    condition::{self, Condition},
    expression::{self, Choices},
    only::{self, Extra},
    text,
};

/// A table; its number in the schema gives its name.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) doc: Option<String>,
    /// Whether it has another name in the database.
    pub(super) renamed: bool,
    /// Whether it had another name in the schema before.
    pub(super) was: bool,
    /// Whether it is in a named schema.
    pub(super) in_schema: bool,
    /// The mixin that it spreads.
    pub(super) mixin: Option<usize>,
    /// Whether it declares the mixin's first column again.
    pub(super) replaces: bool,
    pub(super) key: Key,
    pub(super) columns: Vec<Column>,
    pub(super) uniques: Vec<Unique>,
    pub(super) indexes: Vec<TableIndex>,
    pub(super) foreign_keys: Vec<ForeignKey>,
    pub(super) checks: Vec<Check>,
    pub(super) interleave: Option<Interleave>,
    /// What stands at the end, apart from all else.
    pub(super) extras: Vec<Extra>,
    /// Which of its instants rows go after, and how many days.
    pub(super) ttl: Option<(Index, u32)>,
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

/// A unique constraint.
#[derive(Debug, Clone)]
pub(super) struct Unique {
    pub(super) columns: Vec<Index>,
    pub(super) condition: Option<Condition>,
    pub(super) nulls: Option<&'static str>,
    pub(super) named: bool,
}

/// An index.
#[derive(Debug, Clone)]
pub(super) struct TableIndex {
    pub(super) keys: Vec<IndexKey>,
    pub(super) storing: Vec<Index>,
    pub(super) condition: Option<Condition>,
    pub(super) unique: bool,
    pub(super) null_filtered: bool,
    pub(super) named: bool,
    /// Whether it is stored inside the parent, if the table has one.
    pub(super) interleaved: bool,
    /// What PostgreSQL alone has, where it is alone: the access method, an operator class, a collation.
    pub(super) options: Options,
}

/// A column or an expression of an index.
#[derive(Debug, Clone)]
pub(super) struct IndexKey {
    pub(super) column: Index,
    /// The expression instead of the column; the column gives its kind.
    pub(super) expression: Option<Choices>,
    pub(super) descending: bool,
    /// Whether the order of NULLs is written out.
    pub(super) nulls: Option<bool>,
}

/// Which words of PostgreSQL an index has.
#[derive(Debug, Clone)]
pub(super) struct Options {
    pub(super) method: Option<&'static str>,
    pub(super) operator_class: bool,
    pub(super) collation: bool,
}

/// A foreign key; its columns are made for it, one for each of the key that it refers to.
#[derive(Debug, Clone)]
pub(super) struct ForeignKey {
    /// The table that it refers to.
    pub(super) table: Index,
    pub(super) nullable: bool,
    pub(super) on_delete: Option<&'static str>,
    /// The action where PostgreSQL is alone.
    pub(super) on_update: Option<&'static str>,
    pub(super) named: bool,
    /// `@references` on the column, where there is one column.
    pub(super) as_attribute: bool,
    /// Whether PostgreSQL checks it at the end of the transaction, where it is alone.
    pub(super) deferrable: bool,
    /// Whether it is checked at all, where the databases can leave it.
    pub(super) enforced: bool,
}

/// A check.
#[derive(Debug, Clone)]
pub(super) struct Check {
    pub(super) condition: Condition,
    pub(super) named: bool,
    /// Whether it is checked, where the databases can leave it.
    pub(super) enforced: bool,
}

/// The parent, one of the tables before, and the action.
#[derive(Debug, Clone)]
pub(super) struct Interleave {
    pub(super) parent: Index,
    pub(super) on_delete: Option<&'static str>,
    /// `interleave_in`
    pub(super) placement_only: bool,
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
        vec(unique(), 0..2),
        vec(index(), 0..3),
        vec(foreign_key(), 0..3),
        vec((condition::condition(), any::<bool>(), prop::bool::weighted(0.9)), 0..3),
        prop::option::weighted(0.3, interleave()),
        prop::option::weighted(0.15, (any::<Index>(), 0..4000_u32)),
        vec(only::extra(), 0..3),
    );
    (head, key(), vec(column::column(), 0..6), members).prop_map(|(head, key, columns, members)| {
        let (doc, renamed, in_schema, mixin, replaces) = head;
        let (uniques, indexes, foreign_keys, checks, interleave, ttl, extras) = members;
        let check = |(condition, named, enforced)| Check { condition, named, enforced };
        let checks = checks.into_iter().map(check).collect();
        Table {
            doc,
            renamed,
            was: false,
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
            ttl,
        }
    })
}

fn key() -> impl Strategy<Value = Key> {
    (vec(column::key_type(), 1..3), any::<bool>(), prop::bool::weighted(0.3), prop::bool::weighted(0.1))
        .prop_map(|(types, as_attribute, named, descending)| Key { types, as_attribute, named, descending })
}

fn unique() -> impl Strategy<Value = Unique> {
    let nulls = select(vec![None, None, None, Some("equal"), Some("distinct")]);
    (vec(any::<Index>(), 1..3), prop::option::weighted(0.2, condition::condition()), nulls, prop::bool::weighted(0.2))
        .prop_map(|(columns, condition, nulls, named)| Unique { columns, condition, nulls, named })
}

fn index() -> impl Strategy<Value = TableIndex> {
    let storing = prop_oneof![2 => Just(Vec::new()), 1 => vec(any::<Index>(), 1..3)];
    let flags = (prop::bool::weighted(0.3), prop::bool::weighted(0.2), any::<bool>(), prop::bool::weighted(0.3));
    let condition = prop::option::weighted(0.25, condition::condition());
    (vec(index_key(), 1..4), storing, condition, flags, options()).prop_map(
        |(keys, storing, condition, (unique, null_filtered, named, interleaved), options)| TableIndex {
            keys,
            storing,
            condition,
            unique,
            null_filtered,
            named,
            interleaved,
            options,
        },
    )
}

fn index_key() -> impl Strategy<Value = IndexKey> {
    let expression = prop::option::weighted(0.2, expression::choices());
    let nulls = prop::option::weighted(0.2, any::<bool>());
    (any::<Index>(), expression, any::<bool>(), nulls).prop_map(|(column, expression, descending, nulls)| IndexKey {
        column,
        expression,
        descending,
        nulls,
    })
}

fn options() -> impl Strategy<Value = Options> {
    let method = select(vec![None, None, Some("btree"), Some("hash"), Some("brin"), Some("gin")]);
    (method, prop::bool::weighted(0.3), prop::bool::weighted(0.3))
        .prop_map(|(method, operator_class, collation)| Options { method, operator_class, collation })
}

fn foreign_key() -> impl Strategy<Value = ForeignKey> {
    let on_delete = select(vec![None, None, Some("no_action"), Some("cascade"), Some("restrict"), Some("set_null")]);
    let flags = (any::<bool>(), prop::bool::weighted(0.2), any::<bool>(), any::<bool>(), prop::bool::weighted(0.8));
    let on_update = select(vec![None, None, Some("cascade"), Some("no_action"), Some("restrict"), Some("set_null")]);
    (any::<Index>(), on_delete, on_update, flags).prop_map(
        |(table, on_delete, on_update, (nullable, named, as_attribute, deferrable, enforced))| ForeignKey {
            table,
            nullable,
            on_delete,
            on_update,
            named,
            as_attribute,
            deferrable,
            enforced,
        },
    )
}

fn interleave() -> impl Strategy<Value = Interleave> {
    (any::<Index>(), select(vec![None, Some("cascade"), Some("no_action")]), prop::bool::weighted(0.1))
        .prop_map(|(parent, on_delete, placement_only)| Interleave { parent, on_delete, placement_only })
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
        take!(doc, mixin, replaces, uniques, indexes, foreign_keys, checks, ttl, extras);
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
