//! Renames: what `@was(…)` orders, and what it makes of a schema.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{Enum, Expression, IndexValue, ObjectName, ScalarType, Schema, Table, query::Select};

/// Something that gets another name and keeps its data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rename {
    /// A table.
    Table {
        /// Its old name.
        before: ObjectName,
        /// Its new name.
        after: ObjectName,
    },
    /// A column.
    Column {
        /// The table, by the name that it has once tables are renamed.
        table: ObjectName,
        /// Its old name.
        before: String,
        /// Its new name.
        after: String,
    },
    /// An enum. Databases know nothing of its name.
    Enum {
        /// Its old name.
        before: String,
        /// Its new name.
        after: String,
    },
    /// A value of an enum.
    EnumValue {
        /// The enum, by the name that it has once enums are renamed.
        declared: String,
        /// The old name of the value.
        before: String,
        /// The new name of the value.
        after: String,
    },
}

impl Rename {
    /// The rename that undoes this one.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self.clone() {
            Rename::Table { before, after } => Rename::Table { before: after, after: before },
            Rename::Column { table, before, after } => Rename::Column { table, before: after, after: before },
            Rename::Enum { before, after } => Rename::Enum { before: after, after: before },
            Rename::EnumValue { declared, before, after } => {
                Rename::EnumValue { declared, before: after, after: before }
            }
        }
    }
}

impl std::fmt::Display for Rename {
    /// One line for people: `rename column mail of users to email`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Rename::Table { before, after } => write!(f, "rename table {before} to {after}"),
            Rename::Column { table, before, after } => write!(f, "rename column {before} of {table} to {after}"),
            Rename::Enum { before, after } => write!(f, "rename enum {before} to {after}"),
            Rename::EnumValue { declared, before, after } => {
                write!(f, "rename value {before} of enum {declared} to {after}")
            }
        }
    }
}

/// All renames between two schemas, in an order in which they can be made: tables and enums before what is in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renames(Vec<Rename>);

impl Renames {
    /// What `after` orders by `@was(…)` and `before` has under the old name. An old name that `before` does not have
    /// orders nothing: the rename has been made already.
    pub fn between(before: &Schema, after: &Schema) -> Self {
        let mut renames = Vec::new();
        for table in after.tables.values().filter(|it| it.was.is_some()) {
            if let Some(old) = old_table(before, after, table).filter(|old| old.name != table.name) {
                renames.push(Rename::Table { before: old.name.clone(), after: table.name.clone() });
            }
        }
        for declared in after.enums.values().filter(|it| it.was.is_some()) {
            if let Some(old) = old_enum(before, after, declared).filter(|old| old.name != declared.name) {
                renames.push(Rename::Enum { before: old.name.clone(), after: declared.name.clone() });
            }
        }
        for table in after.tables.values() {
            for column in &table.columns {
                // Few columns have an order, so that a large schema is looked at once.
                let Some(was) = &column.was else { continue };
                let Some(old) = old_table(before, after, table).filter(|it| it.column(&column.name).is_none()) else {
                    continue;
                };
                let found = old.columns.iter().find(|it| it.name == *was || it.declared_name() == was);
                if let Some(found) = found.filter(|it| table.column(&it.name).is_none()) {
                    let (before, after) = (found.name.clone(), column.name.clone());
                    renames.push(Rename::Column { table: table.name.clone(), before, after });
                }
            }
        }
        for declared in after.enums.values() {
            let Some(old) = old_enum(before, after, declared) else { continue };
            let has = |of: &Enum, name: &str| of.values.iter().any(|it| it.name == name);
            for value in declared.values.iter().filter(|it| !has(old, &it.name)) {
                if let Some(was) = value.was.as_ref().filter(|was| has(old, was) && !has(declared, was)) {
                    let (declared, after) = (declared.name.clone(), value.name.clone());
                    renames.push(Rename::EnumValue { declared, before: was.clone(), after });
                }
            }
        }
        Renames(renames)
    }

    /// The renames in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Rename> {
        self.0.iter()
    }

    /// Whether nothing is renamed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What undoes them.
    #[must_use]
    pub fn inverse(&self) -> Self {
        // Tables and enums come first there, too, so what is in them is told by the names that they had.
        let inverse = self.0.iter().map(|it| match it.inverse() {
            Rename::Column { table, before, after } => {
                Rename::Column { table: self.old_table(&table).clone(), before, after }
            }
            Rename::EnumValue { declared, before, after } => {
                Rename::EnumValue { declared: self.old_enum(&declared).to_owned(), before, after }
            }
            whole => whole,
        });
        Renames(inverse.collect())
    }

    fn old_enum<'a>(&'a self, after: &'a str) -> &'a str {
        let found = self.0.iter().find_map(|it| match it {
            Rename::Enum { before, after: new } if new == after => Some(before.as_str()),
            _ => None,
        });
        found.unwrap_or(after)
    }

    /// The name that a table had before.
    pub fn old_table<'a>(&'a self, after: &'a ObjectName) -> &'a ObjectName {
        let found = self.0.iter().find_map(|it| match it {
            Rename::Table { before, after: new } if new == after => Some(before),
            _ => None,
        });
        found.unwrap_or(after)
    }

    /// The name that a table has afterwards.
    pub fn new_table<'a>(&'a self, before: &'a ObjectName) -> &'a ObjectName {
        let found = self.0.iter().find_map(|it| match it {
            Rename::Table { before: old, after } if old == before => Some(after),
            _ => None,
        });
        found.unwrap_or(before)
    }

    /// The name that a column has afterwards. `table` is either name of its table.
    pub fn new_column<'a>(&'a self, table: &ObjectName, before: &'a str) -> &'a str {
        let found = self.0.iter().find_map(|it| match it {
            Rename::Column { table: of, before: old, after } if old == before && self.is_same(of, table) => {
                Some(after.as_str())
            }
            _ => None,
        });
        found.unwrap_or(before)
    }

    fn is_same(&self, one: &ObjectName, other: &ObjectName) -> bool {
        one == other || self.new_table(one) == other || self.new_table(other) == one
    }

    /// What `after` orders by `@was(…)` although `before` has nothing to rename: each can be removed from the text. What a
    /// mixin says to several tables is no order any more once none of them has anything to rename.
    pub fn stale(before: &Schema, after: &Schema) -> Vec<String> {
        let made = Renames::between(before, after);
        let is_made = |wanted: &dyn Fn(&Rename) -> bool| made.iter().any(wanted);
        let (mut stale, mut columns) = (Vec::new(), Vec::<((&str, &str), Vec<String>)>::new());
        for table in after.tables.values() {
            if let Some(was) = &table.was
                && !is_made(&|it| matches!(it, Rename::Table { after, .. } if *after == table.name))
            {
                stale.push(format!("@was({was}) of table {}", table.name));
            }
            for column in &table.columns {
                let Some(was) = &column.was else { continue };
                let is_order = |it: &Rename| match it {
                    Rename::Column { table: of, before, after } => {
                        *after == column.name && (*of == table.name || before == was)
                    }
                    _ => false,
                };
                if is_made(&is_order) {
                    continue;
                }
                let order = (was.as_str(), column.name.as_str());
                match columns.iter_mut().find(|(it, _)| *it == order) {
                    Some((_, tables)) => tables.push(table.name.to_string()),
                    None => columns.push((order, vec![table.name.to_string()])),
                }
            }
        }
        for ((was, column), tables) in columns {
            let word = if tables.len() == 1 { "table" } else { "tables" };
            stale.push(format!("@was({was}) of column {column} of {word} {}", tables.join(", ")));
        }
        for declared in after.enums.values() {
            if let Some(was) = &declared.was
                && !is_made(&|it| matches!(it, Rename::Enum { after, .. } if *after == declared.name))
            {
                stale.push(format!("@was({was}) of enum {}", declared.name));
            }
            for value in &declared.values {
                if let Some(was) = &value.was
                    && !is_made(&|it| {
                        matches!(it, Rename::EnumValue { declared: of, after, .. }
                            if *of == declared.name && *after == value.name)
                    })
                {
                    stale.push(format!("@was({was}) of value {} of enum {}", value.name, declared.name));
                }
            }
        }
        stale
    }
}

impl<'a> IntoIterator for &'a Renames {
    type Item = &'a Rename;
    type IntoIter = std::slice::Iter<'a, Rename>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The table of `before` that `table` of `after` is, under the same name or the old one.
fn old_table<'s>(before: &'s Schema, after: &Schema, table: &Table) -> Option<&'s Table> {
    if let Some(same) = before.tables.get(&table.name) {
        return Some(same);
    }
    let was = table.was.as_ref()?;
    let is_meant = |it: &&Table| it.name.to_string() == *was || it.declared_name.as_ref() == Some(was);
    before.tables.values().find(is_meant).filter(|old| !after.tables.contains_key(&old.name))
}

fn old_enum<'s>(before: &'s Schema, after: &Schema, declared: &Enum) -> Option<&'s Enum> {
    if let Some(same) = before.enums.get(&declared.name) {
        return Some(same);
    }
    let was = declared.was.as_ref()?;
    before.enums.get(was).filter(|old| !after.enums.contains_key(&old.name))
}

impl Schema {
    /// The schema as migrations keep it: without what orders a rename.
    pub fn without_orders(&self) -> Cow<'_, Schema> {
        let columns = |it: &Table| it.columns.iter().any(|it| it.was.is_some());
        let values = |it: &Enum| it.values.iter().any(|it| it.was.is_some());
        let has_orders = self.tables.values().any(|it| it.was.is_some() || columns(it))
            || self.enums.values().any(|it| it.was.is_some() || values(it));
        if !has_orders {
            return Cow::Borrowed(self);
        }
        let mut schema = self.clone();
        for table in schema.tables.values_mut() {
            table.was = None;
            table.columns.iter_mut().for_each(|it| it.was = None);
        }
        for declared in schema.enums.values_mut() {
            declared.was = None;
            declared.values.iter_mut().for_each(|it| it.was = None);
        }
        Cow::Owned(schema)
    }

    /// Gives something another name, wherever the schema speaks of it. Constraints and indexes keep their names.
    ///
    /// The error says what is in the way: `the table does not exist`.
    pub fn rename(&mut self, rename: &Rename) -> Result<(), String> {
        match rename {
            Rename::Table { before, after } => self.rename_table(before, after),
            Rename::Column { table, before, after } => self.rename_column(table, before, after),
            Rename::Enum { before, after } => self.rename_enum(before, after),
            Rename::EnumValue { declared, before, after } => self.rename_enum_value(declared, before, after),
        }
    }

    fn rename_table(&mut self, before: &ObjectName, after: &ObjectName) -> Result<(), String> {
        if self.tables.contains_key(after) {
            return Err(format!("a table {after} exists already"));
        }
        let mut table = self.tables.remove(before).ok_or_else(|| format!("table {before} does not exist"))?;
        table.name = after.clone();
        self.tables.insert(after.clone(), table);
        for table in self.tables.values_mut() {
            let foreign = table.foreign_keys.iter_mut().map(|it| &mut it.references);
            let parents = foreign.chain(table.interleave.iter_mut().map(|it| &mut it.parent));
            let parents = parents.chain(table.indexes.iter_mut().filter_map(|it| it.interleave.as_mut()));
            parents.filter(|it| *it == before).for_each(|it| it.clone_from(after));
        }
        self.view_queries().for_each(|it| it.rename_table(before, after));
        Ok(())
    }

    fn rename_column(&mut self, table: &ObjectName, before: &str, after: &str) -> Result<(), String> {
        let found = self.tables.get_mut(table).ok_or_else(|| format!("table {table} does not exist"))?;
        if found.column(after).is_some() {
            return Err(format!("a column {after} exists already"));
        }
        let column = found.columns.iter_mut().find(|it| it.name == before);
        column.ok_or_else(|| format!("column {before} does not exist"))?.name = after.to_owned();
        let put = |name: &mut String| {
            if name == before {
                after.clone_into(name);
            }
        };
        found.primary_key.iter_mut().flat_map(|it| &mut it.columns).for_each(|it| put(&mut it.name));
        found.uniques.iter_mut().flat_map(|it| &mut it.columns).for_each(put);
        for index in &mut found.indexes {
            let columns = index.keys.iter_mut().filter_map(|it| match &mut it.value {
                IndexValue::Column(name) => Some(name),
                IndexValue::Expression(_) => None,
            });
            columns.for_each(put);
            index.storing.iter_mut().for_each(put);
        }
        found.foreign_keys.iter_mut().flat_map(|it| &mut it.columns).for_each(put);
        found.ttl.iter_mut().for_each(|it| put(&mut it.column));
        found.expressions_mut().for_each(|it| it.rename_column(before, after));
        let foreign = self.tables.values_mut().flat_map(|it| &mut it.foreign_keys).filter(|it| it.references == *table);
        foreign.flat_map(|it| &mut it.referenced_columns).for_each(put);
        self.view_queries().for_each(|it| it.rename_column(table, before, after));
        Ok(())
    }

    fn rename_enum(&mut self, before: &str, after: &str) -> Result<(), String> {
        if self.enums.contains_key(after) {
            return Err(format!("an enum {after} exists already"));
        }
        let mut declared = self.enums.remove(before).ok_or_else(|| format!("enum {before} does not exist"))?;
        declared.name = after.to_owned();
        if let Some(native) = &mut declared.native {
            *native = match after.split_once('.') {
                Some((schema, name)) => ObjectName { schema: Some(schema.to_owned()), name: name.to_owned() },
                None => ObjectName::unqualified(after),
            };
        }
        self.enums.insert(after.to_owned(), declared);
        for table in self.tables.values_mut() {
            let types = table.columns.iter_mut().map(|it| &mut it.column_type.scalar);
            types.for_each(|it| rename_type(it, before, after));
            for expression in table.expressions_mut() {
                expression.walk_mut(&mut |it| {
                    if let Expression::Cast { to, .. } = it {
                        rename_type(&mut to.scalar, before, after);
                    }
                });
            }
        }
        self.view_queries().for_each(|it| it.rename_enum(before, after));
        Ok(())
    }

    /// The queries of views of clauses.
    fn view_queries(&mut self) -> impl Iterator<Item = &mut Select> {
        self.views.values_mut().filter_map(|it| it.select.as_deref_mut())
    }

    fn rename_enum_value(&mut self, declared: &str, before: &str, after: &str) -> Result<(), String> {
        let found = self.enums.get_mut(declared).ok_or_else(|| format!("enum {declared} does not exist"))?;
        if found.values.iter().any(|it| it.name == after) {
            return Err(format!("a value {after} exists already"));
        }
        let value = found.values.iter_mut().find(|it| it.name == before);
        value.ok_or_else(|| format!("value {before} does not exist"))?.name = after.to_owned();
        Ok(())
    }
}

/// Gives an enum another name, if the type is that.
pub(crate) fn rename_type(scalar: &mut ScalarType, before: &str, after: &str) {
    if let ScalarType::Enum(name) = scalar
        && name == before
    {
        after.clone_into(name);
    }
}
