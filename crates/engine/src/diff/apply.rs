//! Replaying changes.

use orm_model::{Check, Column, ForeignKey, Index, ObjectName, Schema, Table, Unique};

use super::{Change, Member, Object, TableHead, raw};

/// A change that does not fit the schema that it is applied to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot {change}: {reason}")]
pub struct ApplyError {
    /// The change, for people.
    pub change: String,
    /// What is in the way: `table users does not exist`.
    pub reason: String,
}

/// Applies changes in order. After an error `schema` is as the changes before it left it.
pub fn apply_all<'a>(schema: &mut Schema, changes: impl IntoIterator<Item = &'a Change>) -> Result<(), ApplyError> {
    changes.into_iter().try_for_each(|change| apply(schema, change))
}

/// Applies one change, which must find what it expects.
pub fn apply(schema: &mut Schema, change: &Change) -> Result<(), ApplyError> {
    try_apply(schema, change).map_err(|reason| ApplyError { change: change.to_string(), reason })
}

type Applied = Result<(), String>;

fn try_apply(schema: &mut Schema, change: &Change) -> Applied {
    match change {
        Change::Rename(it) => schema.rename(it),
        Change::AddEnum(it) => expect_free(&schema.enums, &it.name, "enum").map(|()| {
            schema.enums.insert(it.name.clone(), it.clone());
        }),
        Change::DropEnum(it) => expect_same(schema.enums.get(&it.name), it, "enum").map(|()| {
            schema.enums.remove(&it.name);
        }),
        Change::ChangeEnum { before, after } => expect_same(schema.enums.get(&before.name), before, "enum").map(|()| {
            schema.enums.insert(after.name.clone(), after.clone());
        }),
        Change::AddRaw { position, block } => raw::add(&mut schema.raw, *position, block),
        Change::DropRaw { block, .. } => raw::remove(&mut schema.raw, block),
        Change::OrderRaw { before, after } => raw::order(&mut schema.raw, before, after),
        Change::AddObject(it) => Object::replace(schema, None, Some(it)),
        Change::DropObject(it) => Object::replace(schema, Some(it), None),
        Change::ChangeObject { before, after } => Object::replace(schema, Some(before), Some(after)),
        Change::AddTable(it) => expect_free(&schema.tables, &it.name, "table").map(|()| {
            schema.tables.insert(it.name.clone(), (**it).clone());
        }),
        Change::DropTable(it) => expect_same(schema.tables.get(&it.name), &**it, "table").map(|()| {
            schema.tables.remove(&it.name);
        }),
        Change::ChangeTable { table, before, after } => {
            let table = find(schema, table)?;
            expect_same(Some(&TableHead::of(table)), &**before, "table")?;
            (**after).clone().put(table);
            Ok(())
        }
        Change::AddColumn { table, position, column } => add_column(find(schema, table)?, *position, column),
        Change::DropColumn { table, column, .. } => {
            let table = find(schema, table)?;
            let at = find_column(table, column)?;
            table.columns.remove(at);
            Ok(())
        }
        Change::ChangeColumn { table, before, after } => {
            let table = find(schema, table)?;
            let at = find_column(table, before)?;
            table.columns[at] = (**after).clone();
            Ok(())
        }
        Change::OrderColumns { table, before, after } => order_columns(find(schema, table)?, before, after),
        Change::Add { table, member } => put(find(schema, table)?, None, Some(member)),
        Change::Drop { table, member } => put(find(schema, table)?, Some(member), None),
        Change::Change { table, before, after } => put(find(schema, table)?, Some(before), Some(after)),
    }
}

fn find<'s>(schema: &'s mut Schema, name: &ObjectName) -> Result<&'s mut Table, String> {
    schema.tables.get_mut(name).ok_or_else(|| format!("table {name} does not exist"))
}

fn expect_free<K: Ord, T>(map: &std::collections::BTreeMap<K, T>, key: &K, kind: &str) -> Applied {
    if map.contains_key(key) { Err(format!("the {kind} exists already")) } else { Ok(()) }
}

fn expect_same<T: PartialEq>(found: Option<&T>, expected: &T, kind: &str) -> Applied {
    match found {
        None => Err(format!("the {kind} does not exist")),
        Some(found) if found == expected => Ok(()),
        Some(_) => Err(format!("the {kind} is not as it was when the change was made")),
    }
}

fn find_column(table: &Table, column: &Column) -> Result<usize, String> {
    let at = table.columns.iter().position(|it| it.name == column.name);
    expect_same(at.map(|at| &table.columns[at]), column, "column")?;
    at.ok_or_else(|| "the column does not exist".to_owned())
}

fn add_column(table: &mut Table, position: usize, column: &Column) -> Applied {
    if table.column(&column.name).is_some() {
        return Err("the column exists already".to_owned());
    }
    // Two branches that both add columns count each without the other's; their order is settled by a later change.
    table.columns.insert(position.min(table.columns.len()), column.clone());
    Ok(())
}

fn order_columns(table: &mut Table, before: &[String], after: &[String]) -> Applied {
    let names = table.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>();
    let place = |column: &Column| after.iter().position(|name| *name == column.name);
    if names != before || table.columns.iter().any(|column| place(column).is_none()) {
        return Err("the columns are not those that they were when the change was made".to_owned());
    }
    table.columns.sort_by_key(place);
    Ok(())
}

/// Takes `before` out of the table and puts `after` into it.
fn put(table: &mut Table, before: Option<&Member>, after: Option<&Member>) -> Applied {
    if let Some(member) = before {
        match member {
            Member::Unique(it) => take(&mut table.uniques, it),
            Member::Index(it) => take(&mut table.indexes, it),
            Member::ForeignKey(it) => take(&mut table.foreign_keys, it),
            Member::Check(it) => take(&mut table.checks, it),
        }
        .map_err(|found| format!("the {} {found}", member.kind()))?;
    }
    if let Some(member) = after {
        match member.clone() {
            Member::Unique(it) => insert(&mut table.uniques, it),
            Member::Index(it) => insert(&mut table.indexes, it),
            Member::ForeignKey(it) => insert(&mut table.foreign_keys, it),
            Member::Check(it) => insert(&mut table.checks, it),
        }
        .map_err(|found| format!("the {} {found}", member.kind()))?;
    }
    table.sort_members();
    Ok(())
}

trait Named: PartialEq {
    fn name(&self) -> &str;
}

macro_rules! named {
    ($($type:ty),*) => {$(
        impl Named for $type {
            fn name(&self) -> &str {
                &self.name
            }
        }
    )*};
}

named!(Unique, Index, ForeignKey, Check);

fn take<T: Named>(list: &mut Vec<T>, expected: &T) -> Result<(), &'static str> {
    let at = list.iter().position(|it| it.name() == expected.name()).ok_or("does not exist")?;
    if list[at] != *expected {
        return Err("is not as it was when the change was made");
    }
    list.remove(at);
    Ok(())
}

fn insert<T: Named>(list: &mut Vec<T>, new: T) -> Result<(), &'static str> {
    if list.iter().any(|it| it.name() == new.name()) {
        return Err("exists already");
    }
    list.push(new);
    Ok(())
}
