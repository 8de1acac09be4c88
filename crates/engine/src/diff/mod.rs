//! Two schemas → changes, and back: replaying the changes on the first schema gives the second.
//!
//! A migration file carries its changes, one a line, and the state before it is the replay of all files before. So a
//! change holds the whole old and the whole new object: it can be undone, and one that does not fit the state is noticed
//! ([`ApplyError`]) instead of replayed into something else.

mod apply;
mod change;
mod object;
mod raw;

use std::collections::BTreeMap;

use orm_model::{ObjectName, Renames, Schema, Table};

pub use apply::{ApplyError, apply, apply_all};
pub use change::{Change, Member, TableHead, invert};
pub use object::Object;

/// What turns `before` into `after`, in an order that [`apply`] can follow; what `after` orders by `@was(…)` is renamed.
/// Nothing if the two are equal.
pub fn diff(before: &Schema, after: &Schema) -> Vec<Change> {
    diff_renaming(before, after, &Renames::between(before, after))
}

/// Like [`diff`], with these renames.
pub fn diff_renaming(before: &Schema, after: &Schema, renames: &Renames) -> Vec<Change> {
    let (mut before, after) = (before.without_orders(), after.without_orders());
    let mut first = Vec::new();
    for rename in renames {
        // What cannot be renamed is dropped and added.
        if before.to_mut().rename(rename).is_ok() {
            first.push(Change::Rename(rename.clone()));
        }
    }
    first.extend(changes(&before, &after));
    first
}

fn changes(before: &Schema, after: &Schema) -> Vec<Change> {
    let mut changes = Vec::new();
    maps(&before.enums, &after.enums, |pair| {
        changes.push(match pair {
            Pair::Dropped(old) => Change::DropEnum(old.clone()),
            Pair::Added(new) => Change::AddEnum(new.clone()),
            Pair::Changed(old, new) => Change::ChangeEnum { before: old.clone(), after: new.clone() },
        });
    });
    maps(&before.tables, &after.tables, |pair| match pair {
        Pair::Dropped(old) => changes.push(Change::DropTable(Box::new(old.clone()))),
        Pair::Added(new) => changes.push(Change::AddTable(Box::new(new.clone()))),
        Pair::Changed(old, new) => table(old, new, &mut changes),
    });
    objects(&before.sequences, &after.sequences, Object::Sequence, &mut changes);
    objects(&before.views, &after.views, Object::View, &mut changes);
    objects(&before.extensions, &after.extensions, Object::Extension, &mut changes);
    raw::diff(&before.raw, &after.raw, &mut changes);
    changes.sort_by(change::in_order);
    changes
}

fn objects<T: PartialEq + Clone>(
    before: &BTreeMap<ObjectName, T>,
    after: &BTreeMap<ObjectName, T>,
    object: impl Fn(T) -> Object,
    changes: &mut Vec<Change>,
) {
    maps(before, after, |pair| {
        changes.push(match pair {
            Pair::Dropped(old) => Change::DropObject(object(old.clone())),
            Pair::Added(new) => Change::AddObject(object(new.clone())),
            Pair::Changed(old, new) => {
                Change::ChangeObject { before: Box::new(object(old.clone())), after: Box::new(object(new.clone())) }
            }
        });
    });
}

fn table(before: &Table, after: &Table, changes: &mut Vec<Change>) {
    let name = &before.name;
    let (old, new) = (TableHead::of(before), TableHead::of(after));
    if old != new {
        changes.push(Change::ChangeTable { table: name.clone(), before: Box::new(old), after: Box::new(new) });
    }
    columns(before, after, changes);
    members(name, &before.uniques, &after.uniques, |it| Member::Unique(it.clone()), changes);
    members(name, &before.indexes, &after.indexes, |it| Member::Index(it.clone()), changes);
    members(name, &before.foreign_keys, &after.foreign_keys, |it| Member::ForeignKey(it.clone()), changes);
    members(name, &before.checks, &after.checks, |it| Member::Check(it.clone()), changes);
}

fn columns(before: &Table, after: &Table, changes: &mut Vec<Change>) {
    let table = &before.name;
    for (position, column) in before.columns.iter().enumerate() {
        match after.column(&column.name) {
            None => {
                changes.push(Change::DropColumn { table: table.clone(), position, column: Box::new(column.clone()) })
            }
            Some(new) if new != column => {
                let (before, after) = (Box::new(column.clone()), Box::new(new.clone()));
                changes.push(Change::ChangeColumn { table: table.clone(), before, after });
            }
            Some(_) => {}
        }
    }
    for (position, column) in after.columns.iter().enumerate() {
        if before.column(&column.name).is_none() {
            changes.push(Change::AddColumn { table: table.clone(), position, column: Box::new(column.clone()) });
        }
    }
    let kept = |table: &Table, other: &Table| {
        let names = table.columns.iter().map(|column| column.name.clone());
        names.filter(|name| other.column(name).is_some()).collect::<Vec<_>>()
    };
    let (before, after) = (kept(before, after), kept(after, before));
    if before != after {
        changes.push(Change::OrderColumns { table: table.clone(), before, after });
    }
}

fn members<T: PartialEq>(
    table: &ObjectName,
    before: &[T],
    after: &[T],
    member: impl Fn(&T) -> Member,
    changes: &mut Vec<Change>,
) {
    let by_name =
        |list: &[T]| list.iter().map(|it| (member(it).name().to_owned(), member(it))).collect::<BTreeMap<_, _>>();
    maps(&by_name(before), &by_name(after), |pair| {
        let table = table.clone();
        changes.push(match pair {
            Pair::Dropped(old) => Change::Drop { table, member: old.clone() },
            Pair::Added(new) => Change::Add { table, member: new.clone() },
            Pair::Changed(old, new) => {
                Change::Change { table, before: Box::new(old.clone()), after: Box::new(new.clone()) }
            }
        });
    });
}

enum Pair<'a, T> {
    Dropped(&'a T),
    Added(&'a T),
    Changed(&'a T, &'a T),
}

fn maps<'a, K: Ord, T: PartialEq>(
    before: &'a BTreeMap<K, T>,
    after: &'a BTreeMap<K, T>,
    mut visit: impl FnMut(Pair<'a, T>),
) {
    for (key, old) in before {
        match after.get(key) {
            None => visit(Pair::Dropped(old)),
            Some(new) if new != old => visit(Pair::Changed(old, new)),
            Some(_) => {}
        }
    }
    after.iter().filter(|(key, _)| !before.contains_key(key)).for_each(|(_, new)| visit(Pair::Added(new)));
}
