//! Renames: what the database renames in place, what has to move, and which values are written anew.
//!
//! Renaming a table or column in the *schema* changes derived names as well (the check that a type implies is called
//! `ck_TABLE_COLUMN`), while the database keeps the names that it has. So the schema is renamed and lowered, and what got
//! another name by that alone gets its old one back: then the rest of the plan sees the database as it is after the
//! renames, and renames or replaces constraints as it does otherwise.

use std::collections::BTreeMap;

use orm_model::{Enum, ObjectName, Rename, Renames, ScalarType, Schema, Targets};

use super::{Action, DatabaseObject, PartKind, Statement, Subject, Unsupported, statement::about, views};
use crate::{
    catalog::{Catalog, Table},
    dialect::SqlDialect,
};

/// A schema after the renames that the database makes in place.
pub(super) struct Renamed {
    /// The schema.
    pub(super) schema: Schema,
    /// What the database has then.
    pub(super) catalog: Catalog,
    /// The statements that make the renames.
    pub(super) statements: Vec<Statement>,
    /// What the database cannot rename.
    pub(super) unsupported: Vec<Unsupported>,
    /// Views that were in the way; they come back with what else the plan adds.
    dropped_views: Vec<ObjectName>,
}

/// Renames in place what the database can rename: tables, and columns where it says so.
/// Enums that are types in both, and their values, too.
pub(super) fn in_place(
    before: &Schema,
    after: &Schema,
    renames: &Renames,
    targets: &Targets,
    sql: &dyn SqlDialect,
) -> Renamed {
    let catalog = sql.lower(before, targets).catalog;
    let mut renamed = Renamed {
        schema: before.clone(),
        catalog,
        statements: Vec::new(),
        unsupported: Vec::new(),
        dropped_views: Vec::new(),
    };
    // Round 0 renames tables and what has no column; round n the nth column of each table, so that at most one derived
    // name of a table changes by its column in a round, and none goes for another's.
    let mut rounds: Vec<Vec<&Rename>> = vec![Vec::new()];
    let mut columns: BTreeMap<&ObjectName, usize> = BTreeMap::new();
    for rename in renames {
        let round = match rename {
            Rename::Column { .. } if !sql.dialect().capabilities().rename_columns => continue,
            Rename::Column { table, .. } => {
                let count = columns.entry(table).or_default();
                *count += 1;
                *count
            }
            _ => 0,
        };
        rounds.resize_with(rounds.len().max(round + 1), Vec::new);
        rounds[round].push(rename);
    }
    for round in rounds.iter().filter(|it| !it.is_empty()) {
        renamed.make(round, after, targets, sql);
    }
    renamed.rename_values(after, targets, sql);
    renamed
}

impl Renamed {
    fn make(&mut self, round: &[&Rename], wanted: &Schema, targets: &Targets, sql: &dyn SqlDialect) {
        let lowered = sql.lower(&self.schema, targets).catalog;
        let blocking = if sql.foreign_keys_block_rename() { self.blocking_keys(round) } else { Vec::new() };
        let subject = |table: &ObjectName, key: &str| {
            Subject::part(&new_name(round, table), PartKind::ForeignKey, key, Action::Drop)
        };
        let dropped = blocking.iter().map(|(table, key)| sql.drop_constraint(table, key).about(&subject(table, key)));
        self.statements.extend(dropped);
        if sql.views_block_rename() {
            self.drop_views(round, sql);
        }
        let mut old_names = BTreeMap::new();
        for rename in round {
            let old_type = match rename {
                Rename::Enum { before, .. } => self.schema.enums.get(before).and_then(|it| it.native.clone()),
                _ => None,
            };
            if let Err(reason) = self.schema.rename(rename) {
                let instead = "run `orm check`, which says what is wrong with the two names";
                self.unsupported.push(Unsupported::new(rename.to_string(), reason, instead));
                continue;
            }
            match rename {
                Rename::Table { before, after } => {
                    if let Some(table) = self.catalog.tables.get(before) {
                        match sql.rename_table(table, after) {
                            Ok(statements) => {
                                self.statements.extend(about(Subject::table(after, Action::Rename), statements));
                            }
                            Err(reason) => self.unsupported.push(reason),
                        }
                    }
                    old_names.insert(after.clone(), before.clone());
                }
                Rename::Column { table, before, after } => {
                    if self.catalog.tables.get(table).is_some_and(|it| it.column(before).is_some()) {
                        let subject = Subject::part(table, PartKind::Column, after, Action::Rename);
                        self.statements.push(sql.rename_column(table, before, after).about(&subject));
                    }
                }
                Rename::Enum { after, .. } => self.rename_type(old_type, after, wanted, sql),
                Rename::EnumValue { .. } => {}
            }
        }
        let mut catalog = sql.lower(&self.schema, targets).catalog;
        for (name, table) in &mut catalog.tables {
            let old = old_names.get(name).unwrap_or(name);
            if let (Some(lowered), Some(real)) = (lowered.tables.get(old), self.catalog.tables.get(old)) {
                keep_names(lowered, real, table);
            }
            // They come back with what else the plan adds.
            table.foreign_keys.retain(|key, _| !blocking.iter().any(|(of, blocking)| of == old && blocking == key));
        }
        catalog.views.retain(|name, _| !self.dropped_views.contains(name));
        // The database's own view follows the rename; its comment stays as it was.
        for (name, view) in &mut catalog.views {
            view.comment = self.catalog.views.get(name).and_then(|it| it.comment.clone());
        }
        self.catalog = catalog;
    }

    /// Drops the views that read tables which get another name.
    fn drop_views(&mut self, round: &[&Rename], sql: &dyn SqlDialect) {
        let renamed = round.iter().filter_map(|it| match it {
            Rename::Table { before, .. } => Some(before),
            _ => None,
        });
        let readers = views::readers(&self.catalog, &renamed.collect::<Vec<_>>());
        let dropped = readers.iter().map(|name| sql.drop_view(name).about(&views::subject(name, Action::Drop)));
        self.statements.extend(dropped);
        self.dropped_views.extend(readers);
    }
}

impl Renamed {
    /// Renames the type of an enum that has got the name `after`, if it is one afterwards, too, and in the same schema.
    fn rename_type(&mut self, old: Option<ObjectName>, after: &str, wanted: &Schema, sql: &dyn SqlDialect) {
        let (Some(old), Some(declared)) = (old, self.schema.enums.get_mut(after)) else { return };
        let new = wanted.enums.get(after).and_then(|it| it.native.clone());
        match new.filter(|new| new.schema == old.schema) {
            Some(new) if new != old => {
                let subject = Subject::of(DatabaseObject::Enum(new.clone()), Action::Rename);
                self.statements.extend(about(subject, sql.rename_enum(&mut self.catalog, &old, &new)));
            }
            Some(_) => {}
            None => declared.native = Some(old),
        }
    }

    /// Renames the values of enums that are types in both schemas, as long as the new text is not that of another value:
    /// what is left makes the type anew.
    fn rename_values(&mut self, wanted: &Schema, targets: &Targets, sql: &dyn SqlDialect) {
        let (mut schema, mut statements) = (self.schema.clone(), Vec::new());
        for new in wanted.enums.values() {
            while let Some((native, old, text)) = schema.enums.get(&new.name).and_then(|it| next_text(it, new)) {
                let subject = Subject::of(DatabaseObject::Enum(native.clone()), Action::Change);
                statements.extend(about(subject, sql.rename_enum_value(&native, &old, &text)));
                schema.store_otherwise(&new.name, &old, &text);
            }
        }
        if statements.is_empty() {
            return;
        }
        let lowered = sql.lower(&self.schema, targets).catalog;
        let mut catalog = sql.lower(&schema, targets).catalog;
        for (name, table) in &mut catalog.tables {
            if let (Some(lowered), Some(real)) = (lowered.tables.get(name), self.catalog.tables.get(name)) {
                keep_names(lowered, real, table);
            }
        }
        self.statements.append(&mut statements);
        (self.schema, self.catalog) = (schema, catalog);
    }

    /// The foreign keys of tables that get another name, and those to them.
    fn blocking_keys(&self, round: &[&Rename]) -> Vec<(ObjectName, String)> {
        let is_renamed =
            |table: &ObjectName| round.iter().any(|it| matches!(it, Rename::Table { before, .. } if before == table));
        let mut blocking = Vec::new();
        for (name, table) in &self.catalog.tables {
            let keys = table.foreign_keys.iter().filter(|(_, key)| is_renamed(name) || is_renamed(&key.references));
            blocking.extend(keys.map(|(key, _)| (name.clone(), key.clone())));
        }
        blocking
    }
}

/// What a table is called after a round of renames.
fn new_name(round: &[&Rename], table: &ObjectName) -> ObjectName {
    let renamed = round.iter().find_map(|it| match it {
        Rename::Table { before, after } if before == table => Some(after),
        _ => None,
    });
    renamed.unwrap_or(table).clone()
}

/// The type, the text of a value, and the text that it gets, as long as that is not the text of another value.
fn next_text(old: &Enum, new: &Enum) -> Option<(ObjectName, String, String)> {
    let native = old.native.clone().filter(|it| new.native.as_ref() == Some(it))?;
    let is_free = |text: &str| old.values.iter().all(|it| it.stored != text);
    old.values.iter().find_map(|value| {
        let wanted = new.values.iter().find(|it| it.name == value.name && is_free(&it.stored))?;
        Some((native.clone(), value.stored.clone(), wanted.stored.clone()))
    })
}

/// Gives constraints whose names were derived the names that they have in the database. `lowered` and `real` are the
/// table before: with derived names, and with those of the database.
fn keep_names(lowered: &Table, real: &Table, table: &mut Table) {
    keep_members(&lowered.checks, &real.checks, &mut table.checks);
    keep_members(&lowered.foreign_keys, &real.foreign_keys, &mut table.foreign_keys);
}

fn keep_members<T: PartialEq>(
    lowered: &BTreeMap<String, T>,
    real: &BTreeMap<String, T>,
    members: &mut BTreeMap<String, T>,
) {
    // Both maps hold the same members, some under other names: those that derived names call otherwise than the database.
    let only_real = real.keys().filter(|name| !lowered.contains_key(*name)).collect::<Vec<_>>();
    let mut real_name: BTreeMap<&String, &String> =
        lowered.keys().filter(|name| real.contains_key(*name)).map(|name| (name, name)).collect();
    let only_lowered = lowered.iter().filter(|(name, _)| !real.contains_key(*name));
    for (name, member) in only_lowered {
        if let Some(found) = only_real.iter().find(|it| real.get(**it) == Some(member)) {
            real_name.insert(name, found);
        }
    }
    let gone = lowered.keys().filter(|name| !members.contains_key(*name)).collect::<Vec<_>>();
    let come = members.keys().filter(|name| !lowered.contains_key(*name)).cloned().collect::<Vec<_>>();
    let mut renamed = BTreeMap::new();
    for (name, member) in std::mem::take(members) {
        let old = if come.contains(&name) {
            let same = gone.iter().find(|it| lowered.get(**it) == Some(&member));
            same.or_else(|| gone.first().filter(|_| gone.len() == 1)).copied()
        } else {
            lowered.get_key_value(&name).map(|(name, _)| name)
        };
        let real = old.and_then(|old| real_name.get(old)).map(|it| (*it).clone());
        renamed.insert(real.unwrap_or(name), member);
    }
    *members = renamed;
}

/// A column that cannot be renamed in place: a new one takes its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moved<'a> {
    pub(super) table: &'a ObjectName,
    pub(super) before: &'a str,
    pub(super) after: &'a str,
}

/// The columns that have to move.
pub(super) fn moved<'a>(renames: &'a Renames, sql: &dyn SqlDialect) -> Vec<Moved<'a>> {
    let columns = renames.iter().filter_map(|it| match it {
        Rename::Column { table, before, after } => Some(Moved { table, before, after }),
        _ => None,
    });
    columns.filter(|_| !sql.dialect().capabilities().rename_columns).collect()
}

/// Values of a column that are stored as another text: those of an enum whose values were renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rewrite {
    pub(super) table: ObjectName,
    /// The column, by its new name.
    pub(super) column: String,
    /// The old and the new text of each value.
    pub(super) texts: Vec<(String, String)>,
}

/// The values that rows have to hold otherwise: each value of an enum that stays and is stored as another text.
/// `renamed` is `before` with what was renamed in place.
pub(super) fn rewrites(before: &Schema, renamed: &Schema, after: &Schema, renames: &Renames) -> Vec<Rewrite> {
    let mut old = before.clone();
    for rename in renames {
        _ = old.rename(rename);
    }
    let texts: BTreeMap<&str, Vec<(String, String)>> = after
        .enums
        .values()
        .filter_map(|declared| {
            Some((declared.name.as_str(), stored_otherwise(renamed.enums.get(&declared.name)?, declared)))
        })
        .filter(|(_, texts)| !texts.is_empty())
        .collect();
    let mut rewrites = Vec::new();
    for table in after.tables.values() {
        let Some(old) = old.tables.get(&table.name) else { continue };
        for column in &table.columns {
            let ScalarType::Enum(name) = &column.column_type.scalar else { continue };
            let is_same = old.column(&column.name).is_some_and(|it| it.column_type == column.column_type);
            if let Some(texts) = texts.get(name.as_str()).filter(|_| is_same) {
                let (table, column) = (table.name.clone(), column.name.clone());
                rewrites.push(Rewrite { table, column, texts: texts.clone() });
            }
        }
    }
    rewrites
}

fn stored_otherwise(old: &Enum, new: &Enum) -> Vec<(String, String)> {
    let pairs =
        new.values.iter().filter_map(|value| Some((old.values.iter().find(|it| it.name == value.name)?, value)));
    let changed = pairs.filter(|(old, new)| old.stored != new.stored);
    changed.map(|(old, new)| (old.stored.clone(), new.stored.clone())).collect()
}
