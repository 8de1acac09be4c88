//! A schema as text: which becomes who.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::{
    Enum, Named, Schema,
    column::Column,
    condition, sequence,
    table::{ForeignKey, Mixin, Table, TableIndex},
    text::quoted,
};

/// Names of tables: plain, a word of SQL, capitals.
const TABLE_NAMES: [&str; super::TABLES] = ["accounts", "order", "LineItems", "events"];

/// Names of columns, words of SQL among them.
const COLUMN_NAMES: [&str; 6] = ["name", "order", "createdAt", "limit", "end", "values"];

/// The text of a schema.
pub(super) fn render(schema: &Schema) -> String {
    let mut parts = Vec::new();
    parts.extend(schema.enums.iter().enumerate().map(|(number, it)| enumeration(number, it)));
    parts.extend((0..schema.sequences.len()).map(|number| sequence(schema, number)));
    parts.extend(schema.mixins.iter().enumerate().map(|(number, it)| mixin(number, it)));
    parts.extend((0..schema.tables.len()).map(|number| Writer { schema, number }.table()));
    parts.extend(schema.beside.declarations());
    parts.join("\n")
}

fn enumeration(number: usize, it: &Enum) -> String {
    let storage = it.storage.map(|it| format!(" : {it}")).unwrap_or_default();
    let native = if it.native { " @postgres(native: true)" } else { "" };
    let values = it.values.iter().enumerate().map(|(value, stored)| match stored {
        Some(stored) => format!("v{value} = {}", quoted(stored)),
        None => format!("v{value}"),
    });
    let values: Vec<_> = values.collect();
    format!("{}enum Enum{number}{storage}{native} {{ {} }}\n", doc(it.doc.as_deref(), ""), values.join(", "))
}

fn sequence(schema: &Schema, number: usize) -> String {
    let it = &schema.sequences[number];
    let mut arguments = Vec::new();
    for (name, value) in [("start", it.start), ("increment", it.increment), ("cache", it.cache)] {
        arguments.extend(value.map(|value| format!("{name}: {value}")));
    }
    arguments.extend(it.skip_range.map(|(first, more)| format!("skip_range: [{first}, {}]", first + more)));
    if let Some(owner) = it.owner {
        let table = owner.index(schema.tables.len());
        if schema.tables[table].in_schema == (number > 0) {
            let writer = Writer { schema, number: table };
            arguments.push(format!("owned_by: {}.{}", writer.name(), writer.key_columns()[0].name));
        }
    }
    let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
    format!("{}sequence {}{arguments}\n", doc(it.doc.as_deref(), ""), sequence::name(number))
}

fn mixin(number: usize, it: &Mixin) -> String {
    let mut body: Vec<_> = it.spreads.iter().map(|before| format!("  ...Mixin{before}\n")).collect();
    let columns = mixin_columns(number, it);
    body.extend(columns.iter().map(column));
    if it.index && columns[0].column.column_type.is_key {
        body.push(format!("  index({})\n", columns[0].name));
    }
    if let Some(check) = &it.check {
        let condition = condition::render(check, &columns);
        body.push(format!("  check({condition}, name: \"ck_mixin{number}_{{table}}\")\n"));
    }
    format!("{}mixin Mixin{number} {{\n{}}}\n", doc(it.doc.as_deref(), ""), body.concat())
}

fn mixin_columns(number: usize, it: &Mixin) -> Vec<Named> {
    let named = |(at, column): (usize, &Column)| Named { name: format!("m{number}_{at}"), column: column.clone() };
    it.columns.iter().enumerate().map(named).collect()
}

fn doc(text: Option<&str>, indent: &str) -> String {
    text.map(|it| format!("{indent}/// {it}\n")).unwrap_or_default()
}

fn column(it: &Named) -> String {
    let Named { name, column } = it;
    let mut line = format!("{}  {name}  {}", doc(column.doc.as_deref(), "  "), column.column_type.text);
    if column.nullable {
        line.push('?');
    }
    // An identity column is never NULL.
    let default = column.default.as_ref().filter(|it| !(column.nullable && it.starts_with("identity(")));
    if let Some(default) = default {
        write!(line, " = {default}").expect("a String takes all text");
    }
    for attribute in &column.attributes {
        write!(line, "  {attribute}").expect("a String takes all text");
    }
    if column.renamed {
        write!(line, "  @db(\"Db_{name}\")").expect("a String takes all text");
    }
    match column.unique {
        Some(true) => line.push_str("  @unique(nulls: equal)"),
        Some(false) => line.push_str("  @unique"),
        None => {}
    }
    line + "\n"
}

/// Writes one table of a schema.
struct Writer<'a> {
    schema: &'a Schema,
    number: usize,
}

impl Writer<'_> {
    fn table(&self) -> String {
        let (it, name) = (&self.schema.tables[self.number], self.name());
        let renamed = if it.renamed { format!(" @db(\"Db_{}\")", TABLE_NAMES[self.number]) } else { String::new() };
        let (key, mixed, own, foreign) = (self.key_columns(), self.mixed(), self.own_columns(), self.foreign_columns());
        let mut body = self.primary_key(&key);
        body.extend(it.mixin.iter().map(|mixin| format!("  ...Mixin{mixin}\n")));
        body.extend(own.iter().map(column));
        body.extend(foreign.iter().flatten().map(column));
        let columns: Vec<_> = [key, mixed, own].into_iter().chain(foreign).flatten().collect();
        body.extend(self.uniques(&columns));
        body.extend(it.indexes.iter().enumerate().map(|(at, index)| self.index(at, index, &columns)));
        let keys = it.foreign_keys.iter().enumerate().filter(|(_, key)| !self.is_attribute(key));
        body.extend(keys.map(|(at, key)| self.foreign_key(at, key)));
        body.extend(self.checks(&columns));
        body.extend(self.interleave());
        body.extend(it.extras.iter().enumerate().map(|(at, extra)| extra.lines(at)));
        format!("{}table {name}{renamed} {{\n{}}}\n", doc(it.doc.as_deref(), ""), body.concat())
    }

    /// The name with its schema.
    fn name(&self) -> String {
        let name = TABLE_NAMES[self.number];
        if self.it().in_schema { format!("{}.{name}", super::SCHEMA) } else { name.to_owned() }
    }

    fn of(&self, number: usize) -> Self {
        Writer { schema: self.schema, number }
    }

    fn it(&self) -> &Table {
        &self.schema.tables[self.number]
    }

    /// The columns of the primary key: those of the parent first.
    fn key_columns(&self) -> Vec<Named> {
        let it = self.it();
        let mut columns = it.parent(self.number).map(|parent| self.of(parent).key_columns()).unwrap_or_default();
        for (at, column_type) in it.key.types.iter().enumerate() {
            let name = format!("k{}_{at}", self.number);
            columns.push(Named { name, column: Column::of(column_type.clone(), false) });
        }
        columns
    }

    /// The lines of the key's columns, and the item.
    fn primary_key(&self, columns: &[Named]) -> Vec<String> {
        let key = &self.it().key;
        let as_attribute = key.as_attribute && self.it().parent(self.number).is_none();
        let attribute = if as_attribute { "  @primary_key" } else { "" };
        let line = |it: &Named| format!("  {}  {}{attribute}\n", it.name, it.column.column_type.text);
        let mut lines: Vec<_> = columns.iter().map(line).collect();
        if !as_attribute {
            let mut names: Vec<_> = columns.iter().map(|it| it.name.clone()).collect();
            if key.descending
                && let Some(last) = names.last_mut()
            {
                last.push_str(" desc");
            }
            let name = if key.named { format!(", name: \"key_{}\"", self.number) } else { String::new() };
            lines.push(format!("  primary_key({}{name})\n", names.join(", ")));
        }
        lines
    }

    /// The columns that the mixins bring, for those that refer to them.
    fn mixed(&self) -> Vec<Named> {
        let mut columns = Vec::new();
        let mut next = self.it().mixin;
        while let Some(number) = next {
            let mixin = &self.schema.mixins[number];
            columns.extend(mixin_columns(number, mixin));
            next = mixin.spreads;
        }
        if self.it().replaces {
            columns.retain(|it| it.name != self.replaced());
        }
        columns
    }

    fn own_columns(&self) -> Vec<Named> {
        let it = self.it();
        let replaces = it.replaces && it.mixin.is_some();
        let named = |(at, column): (usize, &Column)| {
            let name =
                if at == 0 && replaces { self.replaced() } else { COLUMN_NAMES[at % COLUMN_NAMES.len()].to_owned() };
            Named { name, column: column.clone() }
        };
        it.columns.iter().enumerate().map(named).collect()
    }

    /// The column of the mixin that this table declares again.
    fn replaced(&self) -> String {
        format!("m{}_0", self.it().mixin.unwrap_or_default())
    }

    /// The columns of each foreign key.
    fn foreign_columns(&self) -> Vec<Vec<Named>> {
        let of_key = |(at, key): (usize, &ForeignKey)| {
            let parent = self.target(key).key_columns().into_iter().enumerate();
            let named = |(part, it): (usize, Named)| {
                let mut column = Column::of(it.column.column_type, key.nullable);
                if self.is_attribute(key) {
                    column.attributes = self.references(at, key);
                }
                Named { name: format!("f{at}_{part}"), column }
            };
            parent.map(named).collect()
        };
        self.it().foreign_keys.iter().enumerate().map(of_key).collect()
    }

    fn target(&self, key: &ForeignKey) -> Self {
        self.of(key.table.index(self.schema.tables.len()))
    }

    /// Whether the key is written at its column.
    fn is_attribute(&self, key: &ForeignKey) -> bool {
        key.as_attribute && self.target(key).key_columns().len() == 1
    }

    /// What stands in the parentheses behind what is referred to.
    fn key_arguments(&self, at: usize, key: &ForeignKey) -> String {
        let mut arguments = format!(", as: parent{at}, back: children{}_{at}", self.number);
        if let Some(action) = self.action(key) {
            arguments.push_str(&format!(", on_delete: {action}"));
        }
        if key.named {
            arguments.push_str(&format!(", name: \"key{}_{at}\"", self.number));
        }
        arguments
    }

    /// The action; `set_null` only where a column can be NULL and say what Spanner does instead.
    fn action(&self, key: &ForeignKey) -> Option<&'static str> {
        key.on_delete.filter(|it| *it != "set_null" || (key.nullable && self.is_attribute(key)))
    }

    /// `@references`, with what it needs beside it.
    fn references(&self, at: usize, key: &ForeignKey) -> Vec<String> {
        let target = self.target(key);
        let (table, column) = (target.name(), &target.key_columns()[0].name);
        let mut attributes = vec![format!("@references({table}.{column}{})", self.key_arguments(at, key))];
        if self.action(key) == Some("set_null") {
            attributes.push("@spanner(on_delete: no_action)".to_owned());
        }
        attributes
    }

    fn foreign_key(&self, at: usize, key: &ForeignKey) -> String {
        let target = self.target(key);
        let theirs: Vec<_> = target.key_columns().into_iter().map(|it| it.name).collect();
        let ours: Vec<_> = (0..theirs.len()).map(|part| format!("f{at}_{part}")).collect();
        let (ours, theirs, table) = (ours.join(", "), theirs.join(", "), target.name());
        format!("  foreign_key({ours}, references: {table}({theirs}){})\n", self.key_arguments(at, key))
    }

    fn uniques(&self, columns: &[Named]) -> Vec<String> {
        let keys: Vec<_> = keys(columns);
        let lists = self.it().uniques.iter().map(|picks| {
            let mut names: Vec<_> = picks.iter().map(|pick| pick.get(&keys).name.clone()).collect();
            names.dedup();
            names.join(", ")
        });
        lists.collect::<BTreeSet<_>>().into_iter().map(|it| format!("  unique({it})\n")).collect()
    }

    fn index(&self, at: usize, index: &TableIndex, columns: &[Named]) -> String {
        let keys = keys(columns);
        let (mut seen, mut parts) = (BTreeSet::new(), Vec::new());
        for (pick, descending) in &index.keys {
            let name = pick.get(&keys).name.as_str();
            if seen.insert(name) {
                parts.push(format!("{name}{}", if *descending { " desc" } else { "" }));
            }
        }
        parts.extend(self.storing(index, columns, &seen));
        let flags = [(index.unique, "unique: true"), (index.null_filtered, "null_filtered: true")];
        parts.extend(flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, text)| text.to_owned()));
        if index.named {
            parts.push(format!("name: \"index{}_{at}\"", self.number));
        }
        format!("  index({})\n", parts.join(", "))
    }

    /// The stored columns of an index: no keys, neither of the index nor of the table.
    fn storing(&self, index: &TableIndex, columns: &[Named], keys: &BTreeSet<&str>) -> Option<String> {
        let primary = self.key_columns();
        let is_key = |it: &Named| keys.contains(it.name.as_str()) || primary.iter().any(|key| key.name == it.name);
        let storable: Vec<_> = columns.iter().filter(|it| !is_key(it)).collect();
        if storable.is_empty() || index.storing.is_empty() {
            return None;
        }
        let stored: BTreeSet<_> = index.storing.iter().map(|pick| pick.get(&storable).name.as_str()).collect();
        Some(format!("storing: [{}]", stored.into_iter().collect::<Vec<_>>().join(", ")))
    }

    fn checks(&self, columns: &[Named]) -> Vec<String> {
        let checks = self.it().checks.iter().enumerate().map(|(at, check)| {
            let condition = condition::render(&check.condition, columns);
            let name = if check.named { format!(", name: \"check{}_{at}\"", self.number) } else { String::new() };
            format!("  check({condition}{name})\n")
        });
        checks.collect()
    }

    fn interleave(&self) -> Option<String> {
        let parent = self.it().parent(self.number)?;
        let action = self.it().interleave.as_ref()?.on_delete;
        let action = action.map(|it| format!(", on_delete: {it}")).unwrap_or_default();
        Some(format!("  interleave({}{action})\n", self.of(parent).name()))
    }
}

/// The columns that can be in a key or index.
fn keys(columns: &[Named]) -> Vec<&Named> {
    columns.iter().filter(|it| it.column.column_type.is_key).collect()
}
