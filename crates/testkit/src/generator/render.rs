//! A schema as text: which becomes who.

use std::collections::BTreeSet;
use std::fmt::Write;

use orm_model::{Targets, registry::FunctionPlace};

use super::{
    Enum, NEWER_POSTGRES, Named, Schema,
    column::{Column, Kind},
    condition::{self, Condition},
    expression::{self, Scope},
    object::{self, View},
    sequence,
    table::{Check, ForeignKey, Mixin, Table, TableIndex, Unique},
    text::quoted,
};

/// Names of tables: plain, a word of SQL, capitals.
const TABLE_NAMES: [&str; super::TABLES] = ["accounts", "order", "LineItems", "events"];

/// Names of columns, words of SQL among them.
const COLUMN_NAMES: [&str; 6] = ["name", "order", "createdAt", "limit", "end", "values"];

/// What a renamed thing has behind its old name.
const NEW: &str = "_new";

/// The text of a schema.
pub(super) fn render(schema: &Schema) -> String {
    let mut schema = schema.clone();
    // The mixin's conditions and defaults still read the column, and nothing of a type that is raw SQL is checked.
    let replaced = schema.tables.iter_mut().filter(|it| it.replaces && it.mixin.is_some());
    replaced.filter_map(|it| it.columns.first_mut()).for_each(|it| it.foreign = None);
    let columns = schema.tables.iter_mut().flat_map(|it| &mut it.columns);
    columns.chain(schema.mixins.iter_mut().flat_map(|it| &mut it.columns)).for_each(|it| it.fit(&schema.targets));
    let schema = &schema;
    let mut parts = Vec::new();
    parts.extend(schema.enums.iter().enumerate().map(|(number, it)| enumeration(number, it)));
    parts.extend((0..schema.sequences.len()).map(|number| sequence(schema, number)));
    parts.extend(schema.mixins.iter().enumerate().map(|(number, it)| mixin(number, it, &schema.targets)));
    parts.extend((0..schema.tables.len()).map(|number| Writer { schema, number }.table()));
    parts.extend(schema.beside.declarations());
    parts.extend(schema.views.iter().enumerate().map(|(number, it)| view(schema, number, it)));
    let (mut raw, extension) = (schema.raw.clone(), "extension citext\n".to_owned());
    raw.dedup();
    parts.extend(raw.into_iter().map(object::raw_block));
    parts.extend(schema.has_extension.then_some(extension));
    parts.join("\n")
}

/// A view of some columns of a table, or of what the view before has.
fn view(schema: &Schema, number: usize, it: &View) -> String {
    let name = |number: usize| {
        let is_in_schema = schema.views[number].in_schema;
        format!("{}view{number}", if is_in_schema { format!("{}.", super::SCHEMA) } else { String::new() })
    };
    let query = |quote: char| {
        if it.reads_view && number > 0 {
            let before = name(number - 1);
            return format!("SELECT v.c0 AS c0 FROM {before} AS v WHERE v.c0 IS NOT NULL");
        }
        let writer = Writer { schema, number: it.table.index(schema.tables.len()) };
        let columns = writer.columns();
        let quoted = |name: &str| format!("{quote}{name}{quote}");
        let parts = it.columns.iter().enumerate().map(|(at, pick)| {
            let column = pick.get(&columns);
            let physical = if column.column.renamed { format!("Db_{}", column.name) } else { column.name.clone() };
            format!("t.{} AS c{at}", quoted(&physical))
        });
        let table = writer.physical_name().split('.').map(quoted).collect::<Vec<_>>().join(".");
        format!("SELECT {} FROM {table} AS t", parts.collect::<Vec<_>>().join(", "))
    };
    let (postgres, spanner) = (quoted(&query('"')), quoted(&query('`')));
    format!("{}view {} = sql(postgres: {postgres}, spanner: {spanner})\n", doc(it.doc.as_deref(), ""), name(number))
}

fn enumeration(number: usize, it: &Enum) -> String {
    let storage = it.storage.map(|it| format!(" : {it}")).unwrap_or_default();
    let native = if it.native { " @postgres(native: true)" } else { "" };
    // The first value is the one that defaults and conditions speak of.
    let is_renamed = |value: usize| value > 0 && it.was;
    let name = |value| if is_renamed(value) { format!("v{value}{NEW}") } else { format!("v{value}") };
    let was = |value| if is_renamed(value) { format!(" @was(v{value})") } else { String::new() };
    let values = it.values.iter().enumerate().map(|(value, stored)| match stored {
        Some(stored) => format!("{} = {}{}", name(value), quoted(stored), was(value)),
        None => format!("{}{}", name(value), was(value)),
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

fn mixin(number: usize, it: &Mixin, targets: &Targets) -> String {
    let mut body: Vec<_> = it.spreads.iter().map(|before| format!("  ...Mixin{before}\n")).collect();
    let mut columns = mixin_columns(number, it);
    body.extend(columns.iter().map(|it| column(it, "{table}", &columns, targets)));
    columns.retain(|it| it.column.generated.is_none());
    if it.index && !columns.is_empty() && columns[0].column.column_type.is_key {
        body.push(format!("  index({})\n", columns[0].name));
    }
    if let Some(check) = it.check.as_ref().filter(|_| !columns.is_empty()) {
        let condition = in_check(check, &columns, targets);
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

/// A condition as a check can hold it.
fn in_check(condition: &Condition, columns: &[Named], targets: &Targets) -> String {
    condition::render(condition, &Scope { columns, place: Some(FunctionPlace::Check), targets })
}

/// What computes a column of the others beside it.
fn generated(it: &Named, beside: &[Named], targets: &Targets) -> Option<String> {
    let generated = it.column.generated.as_ref()?;
    // Spanner takes no check of what is computed, and these types need one there.
    let text = it.column.column_type.text.as_str();
    let needs_check = ["smallint", "integer", "char(", "bytes("].iter().any(|it| text.starts_with(it));
    if targets.spanner.is_some() && needs_check {
        return None;
    }
    let mut columns = beside.to_vec();
    // PostgreSQL reads no generated column, and no database a column that reads itself.
    columns.retain(|other| other.name != it.name && other.column.generated.is_none());
    if columns.is_empty() {
        return None;
    }
    let scope = Scope { columns: &columns, place: Some(FunctionPlace::Generated), targets };
    let value = expression::write(&generated.value, it.column.column_type.kind, &scope)?;
    let stored = if generated.is_virtual && has_newer_postgres(targets) { ", stored: false" } else { "" };
    Some(format!("  @generated({value}{stored})"))
}

/// Whether PostgreSQL, if it is a target, has what only new versions have.
fn has_newer_postgres(targets: &Targets) -> bool {
    targets.postgres.as_ref().is_none_or(|it| it.version >= NEWER_POSTGRES)
}

/// Whether the schema is for PostgreSQL and nothing else.
fn is_postgres_alone(targets: &Targets) -> bool {
    targets.spanner.is_none()
}

/// The line of a column; `owner` keeps the names of its constraints apart from those of other tables.
fn column(it: &Named, owner: &str, beside: &[Named], targets: &Targets) -> String {
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
    if let Some(generated) = generated(it, beside, targets) {
        line.push_str(&generated);
    }
    for attribute in &column.attributes {
        write!(line, "  {attribute}").expect("a String takes all text");
    }
    if let Some(old) = name.strip_suffix(NEW).filter(|_| column.was) {
        write!(line, "  @was(`{old}`)").expect("a String takes all text");
    }
    if column.renamed {
        write!(line, "  @db(\"Db_{name}\")").expect("a String takes all text");
    }
    let unique_name = if column.renamed { format!("name: \"unique_{owner}_{name}\"") } else { String::new() };
    match column.unique {
        Some(true) if column.renamed => line.push_str(&format!("  @unique({unique_name}, nulls: equal)")),
        Some(true) => line.push_str("  @unique(nulls: equal)"),
        Some(false) if column.renamed => line.push_str(&format!("  @unique({unique_name})")),
        Some(false) => line.push_str("  @unique"),
        None => {}
    }
    let written: Vec<_> = beside.iter().filter(|it| it.column.generated.is_none()).cloned().collect();
    if let Some(check) = column.check.as_ref().filter(|_| !written.is_empty()) {
        let check = in_check(check, &written, targets);
        line.push_str(&format!("  @check({check}, name: \"check_{owner}_{name}\")"));
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
        let was = if it.was { format!(" @was({})", self.old_name()) } else { String::new() };
        let renamed = if it.renamed { format!(" @db(\"Db_{}\")", TABLE_NAMES[self.number]) } else { String::new() };
        let (key, mixed, own, foreign) = (self.key_columns(), self.mixed(), self.own_columns(), self.foreign_columns());
        let mut body = self.primary_key(&key);
        body.extend(it.mixin.iter().map(|mixin| format!("  ...Mixin{mixin}\n")));
        let written: Vec<_> = own.iter().chain(foreign.iter().flatten()).cloned().collect();
        let columns: Vec<_> = [key, mixed, written.clone()].concat();
        body.extend(written.iter().map(|it| column(it, &self.number.to_string(), &columns, self.targets())));
        body.extend(self.uniques(&columns));
        body.extend(it.indexes.iter().enumerate().map(|(at, index)| self.index(at, index, &columns)));
        let keys = it.foreign_keys.iter().enumerate().filter(|(_, key)| !self.is_attribute(key));
        body.extend(keys.map(|(at, key)| self.foreign_key(at, key)));
        body.extend(self.checks(&columns));
        body.extend(self.interleave());
        body.extend(it.extras.iter().enumerate().map(|(at, extra)| extra.lines(at)));
        body.extend(self.ttl(&columns));
        format!("{}table {name}{was}{renamed} {{\n{}}}\n", doc(it.doc.as_deref(), ""), body.concat())
    }

    /// The name with its schema.
    fn name(&self) -> String {
        let new = if self.it().was { NEW } else { "" };
        format!("{}{new}", self.old_name())
    }

    /// The name before a rename.
    fn old_name(&self) -> String {
        let name = TABLE_NAMES[self.number];
        if self.it().in_schema { format!("{}.{name}", super::SCHEMA) } else { name.to_owned() }
    }

    /// The name that the database has, with its schema.
    fn physical_name(&self) -> String {
        let (name, new) = (TABLE_NAMES[self.number], if self.it().was { NEW } else { "" });
        let name = if self.it().renamed { format!("Db_{name}") } else { format!("{name}{new}") };
        if self.it().in_schema { format!("{}.{name}", super::SCHEMA) } else { name }
    }

    fn columns(&self) -> Vec<Named> {
        let foreign = self.foreign_columns().concat();
        [self.key_columns(), self.mixed(), self.own_columns(), foreign].concat()
    }

    fn of(&self, number: usize) -> Self {
        Writer { schema: self.schema, number }
    }

    fn targets(&self) -> &Targets {
        &self.schema.targets
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
            let is_parent = (0..self.schema.tables.len()).any(|it| self.of(it).it().parent(it) == Some(self.number));
            if key.descending
                && !is_parent
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
            let is_new = column.was && !(at == 0 && replaces);
            let name = if is_new { format!("{name}{NEW}") } else { name };
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
        let is_alone = is_postgres_alone(self.targets());
        if let Some(action) = key.on_update.filter(|it| is_alone && (*it != "set_null" || key.nullable)) {
            arguments.push_str(&format!(", on_update: {action}"));
        }
        if key.named {
            arguments.push_str(&format!(", name: \"key{}_{at}\"", self.number));
        }
        if key.deferrable && is_alone {
            arguments.push_str(", deferrable: true");
        }
        if !key.enforced && self.action(key) != Some("cascade") && has_newer_postgres(self.targets()) {
            arguments.push_str(", enforced: false");
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
        let (keys, mut seen) = (keys(columns), BTreeSet::new());
        let written = self.it().uniques.iter().enumerate().filter_map(|(at, it)| {
            let mut names: Vec<_> = it.columns.iter().map(|pick| pick.get(&keys).name.clone()).collect();
            names.dedup();
            let is_unique = |name: &String| keys.iter().any(|it| it.name == *name && it.column.unique.is_some());
            if names.len() == 1 && is_unique(&names[0]) {
                return None;
            }
            let names = names.join(", ");
            let item = format!("  unique({names}{})\n", self.unique_arguments(at, it, columns));
            seen.insert(names).then_some(item)
        });
        written.collect()
    }

    fn unique_arguments(&self, at: usize, it: &Unique, columns: &[Named]) -> String {
        let mut arguments = String::new();
        if let Some(condition) = &it.condition {
            arguments.push_str(&format!(", where: {}", self.in_index(condition, columns)));
        } else if let Some(nulls) = it.nulls {
            arguments.push_str(&format!(", nulls: {nulls}"));
        }
        if it.named {
            arguments.push_str(&format!(", name: \"unique{}_{at}\"", self.number));
        }
        arguments
    }

    /// A condition as an index can hold it.
    fn in_index(&self, condition: &Condition, columns: &[Named]) -> String {
        condition::render(condition, &Scope { columns, place: Some(FunctionPlace::Index), targets: self.targets() })
    }

    fn index(&self, at: usize, index: &TableIndex, columns: &[Named]) -> String {
        let is_alone = is_postgres_alone(self.targets());
        let method = index.options.method.filter(|it| is_alone || *it == "btree");
        let method = method.filter(|it| *it != "gin" || columns.iter().any(has_parts));
        let columns = &of_method(columns, method);
        let parent = self.it().parent(self.number).filter(|_| index.interleaved && method.is_none());
        let prefix = parent.map(|parent| self.of(parent).key_columns()).unwrap_or_default();
        let (mut seen, mut parts, mut kinds) = (BTreeSet::new(), Vec::new(), Vec::new());
        for it in &prefix {
            seen.insert(it.name.clone());
            parts.push(it.name.clone());
            kinds.push(it.column.column_type.kind);
        }
        for (key, kind) in self.index_keys(index, columns, method) {
            if seen.insert(key.split(' ').next().unwrap_or_default().replace('`', "")) {
                parts.push(key);
                kinds.push(kind);
            }
        }
        if matches!(method, Some("hash" | "gin")) {
            parts.truncate(1);
            kinds.truncate(1);
        }
        parts.extend(self.storing(index, columns, &seen).filter(|_| method.is_none()));
        if let Some(condition) = &index.condition {
            parts.push(format!("where: {}", self.in_index(condition, columns)));
        }
        let is_unique = index.unique && method.is_none();
        let flags = [(is_unique, "unique: true"), (index.null_filtered, "null_filtered: true")];
        parts.extend(flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, text)| text.to_owned()));
        parts.extend(method.map(|it| format!("using: {it}")));
        parts.extend(parent.map(|it| format!("interleave: {}", self.of(it).name())));
        if is_alone {
            parts.extend(key_options(index, &kinds));
        }
        // Two indexes may differ in what no derived name tells.
        if index.named || at > 0 || is_unique || index.condition.is_some() {
            parts.push(format!("name: \"index{}_{at}\"", self.number));
        }
        format!("  index({})\n", parts.join(", "))
    }

    /// The keys that an index names itself, and their kinds.
    fn index_keys(&self, index: &TableIndex, columns: &[Named], method: Option<&str>) -> Vec<(String, Kind)> {
        let scope = Scope { columns, place: Some(FunctionPlace::Index), targets: self.targets() };
        let is_gin = method == Some("gin");
        let keys = if is_gin { columns.iter().filter(|it| has_parts(it)).collect() } else { keys(columns) };
        if keys.is_empty() {
            return vec![(columns[0].name.clone(), columns[0].column.column_type.kind)];
        }
        let key = |it: &super::table::IndexKey| {
            let named = it.column.get(&keys);
            let kind = named.column.column_type.kind;
            let computed = it.expression.as_ref().and_then(|choices| expression::write(choices, kind, &scope));
            let mut text = computed.filter(|_| !is_gin).unwrap_or_else(|| expression::name(named));
            if it.descending && !matches!(method, Some("hash" | "gin" | "brin")) {
                text.push_str(" desc");
            }
            // Where both databases put them, unless PostgreSQL is alone.
            let (first, last) = (" nulls first", " nulls last");
            match it.nulls.filter(|_| method.is_none() && named.column.nullable) {
                Some(is_first) if is_postgres_alone(self.targets()) => {
                    text.push_str(if is_first { first } else { last })
                }
                Some(_) => text.push_str(if it.descending { last } else { first }),
                None => {}
            }
            (text, kind)
        };
        index.keys.iter().map(key).collect()
    }

    /// The stored columns of an index: no keys, neither of the index nor of the table.
    fn storing(&self, index: &TableIndex, columns: &[Named], keys: &BTreeSet<String>) -> Option<String> {
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
            // Spanner takes no check that reads nothing but generated columns.
            let is_read = |it: &&Named| check.named || it.column.generated.is_none();
            let read: Vec<_> = columns.iter().filter(is_read).cloned().collect();
            let condition = in_check(&check.condition, &read, self.targets());
            let name = if check.named { format!(", name: \"check{}_{at}\"", self.number) } else { String::new() };
            format!("  check({condition}{name}{})\n", self.enforced(check))
        });
        checks.collect()
    }

    /// Spanner checks every check.
    fn enforced(&self, check: &Check) -> &'static str {
        let can_leave_it = is_postgres_alone(self.targets()) && has_newer_postgres(self.targets());
        if !check.enforced && can_leave_it { ", enforced: false" } else { "" }
    }

    fn ttl(&self, columns: &[Named]) -> Option<String> {
        let (pick, days) = self.it().ttl?;
        // Spanner has no rows that go by themselves under a foreign key.
        let refers =
            |it: usize| self.of(it).it().foreign_keys.iter().any(|key| self.of(it).target(key).number == self.number);
        let is_referred = (0..self.schema.tables.len()).any(refers);
        if is_referred && self.targets().spanner.is_some() {
            return None;
        }
        let instants: Vec<_> = columns.iter().filter(|it| it.column.column_type.text == "timestamptz").collect();
        (!instants.is_empty()).then(|| format!("  ttl({}, days: {days})\n", pick.get(&instants).name))
    }

    fn interleave(&self) -> Option<String> {
        let parent = self.it().parent(self.number)?;
        let interleave = self.it().interleave.as_ref()?;
        if interleave.placement_only {
            return Some(format!("  interleave_in({})\n", self.of(parent).name()));
        }
        let action = interleave.on_delete;
        let action = action.map(|it| format!(", on_delete: {it}")).unwrap_or_default();
        Some(format!("  interleave({}{action})\n", self.of(parent).name()))
    }
}

/// Whether a column has parts that `gin` finds.
fn has_parts(it: &Named) -> bool {
    matches!(it.column.column_type.kind, Kind::TextArray | Kind::IntegerArray) || it.column.column_type.text == "jsonb"
}

/// The columns that an access method takes.
fn of_method(columns: &[Named], method: Option<&str>) -> Vec<Named> {
    let has_range = |it: &&Named| !matches!(it.column.column_type.kind, Kind::Boolean);
    let with_range: Vec<_> = columns.iter().filter(has_range).cloned().collect();
    if method == Some("brin") && !with_range.is_empty() { with_range } else { columns.to_vec() }
}

/// The operator class and the collation of an index whose keys are of these kinds.
fn key_options(index: &TableIndex, kinds: &[Kind]) -> Vec<String> {
    let mut options = Vec::new();
    let sorts = !matches!(index.options.method, Some("gin" | "brin"));
    if index.options.operator_class && kinds.contains(&Kind::Text) && sorts {
        let classes = kinds.iter().map(|it| if *it == Kind::Text { "text_pattern_ops" } else { "default" });
        options.push(format!("opclass: [{}]", classes.collect::<Vec<_>>().join(", ")));
    }
    if index.options.collation && kinds.contains(&Kind::Text) {
        let collations = kinds.iter().map(|it| if *it == Kind::Text { "\"C\"" } else { "\"default\"" });
        options.push(format!("collate: [{}]", collations.collect::<Vec<_>>().join(", ")));
    }
    options
}

/// The columns that can be in a key or index.
fn keys(columns: &[Named]) -> Vec<&Named> {
    columns.iter().filter(|it| it.column.column_type.is_key).collect()
}
