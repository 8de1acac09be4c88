//! What is not the same in two catalogs, for people.

use std::{collections::BTreeMap, fmt};

use orm_model::{Counter, ObjectName, schema::NullsOrder};

use super::{
    Catalog, Check, Column, EnumType, ForeignKey, Identity, Index, IndexKey, IndexValue, Interleave, Key, PrimaryKey,
    Sequence, Table, Unique, View,
};

/// Something that two catalogs do not have in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The table that it is in, or the object that it is.
    pub table: ObjectName,
    /// What it is: `column email`, `index idx_users_email`, `table`.
    pub what: String,
    /// What the first catalog has; `None`: nothing.
    pub expected: Option<String>,
    /// What the second catalog has; `None`: nothing.
    pub actual: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { table, what, .. } = self;
        match (&self.expected, &self.actual) {
            (Some(expected), Some(actual)) => {
                write!(f, "{table}: {what} is {actual}, expected {expected}")
            }
            (Some(expected), None) => write!(f, "{table}: {what} is missing, expected {expected}"),
            (None, Some(actual)) => write!(f, "{table}: {what} is not expected: {actual}"),
            (None, None) => write!(f, "{table}: {what}"),
        }
    }
}

/// What `actual` has otherwise than `expected`, ordered by table. Both are normalized; the order of columns is no
/// difference, because an added column stands last.
pub fn differences(expected: &Catalog, actual: &Catalog) -> Vec<Difference> {
    let mut found = Vec::new();
    for (name, table) in &expected.tables {
        match actual.tables.get(name) {
            Some(other) => table_differences(table, other, &mut found),
            None => found.push(whole_table(table, Some("a table"), None)),
        }
    }
    let unexpected = actual.tables.values().filter(|table| !expected.tables.contains_key(&table.name));
    found.extend(unexpected.map(|table| whole_table(table, None, Some("a table"))));
    objects(&expected.views, &actual.views, "view", describe_view, &mut found);
    let extensions = |catalog: &Catalog| {
        catalog.extensions.iter().map(|it| (ObjectName::unqualified(it.clone()), ())).collect::<BTreeMap<_, _>>()
    };
    let describe = |(): &()| "an extension".to_owned();
    objects(&extensions(expected), &extensions(actual), "extension", describe, &mut found);
    objects(&expected.enums, &actual.enums, "enum", describe_enum, &mut found);
    objects(&expected.sequences, &actual.sequences, "sequence", describe_sequence, &mut found);
    found.sort_by(|a, b| a.table.cmp(&b.table));
    found
}

/// What is no table and has nothing in it.
fn objects<T: PartialEq>(
    expected: &BTreeMap<ObjectName, T>,
    actual: &BTreeMap<ObjectName, T>,
    what: &str,
    describe: impl Fn(&T) -> String,
    found: &mut Vec<Difference>,
) {
    let only_actual = actual.keys().filter(|name| !expected.contains_key(*name));
    for name in expected.keys().chain(only_actual) {
        let (expected, actual) = (expected.get(name), actual.get(name));
        if expected != actual {
            let (expected, actual) = (expected.map(&describe), actual.map(&describe));
            found.push(Difference { table: name.clone(), what: what.to_owned(), expected, actual });
        }
    }
}

fn describe_view(view: &View) -> String {
    let comment = view.comment.as_ref().map(|text| format!(", comment {text:?}")).unwrap_or_default();
    format!("{:?}{comment}", view.query)
}

fn describe_enum(enumeration: &EnumType) -> String {
    let comment = enumeration.comment.as_ref().map(|text| format!(", comment {text:?}")).unwrap_or_default();
    format!("{:?}{comment}", enumeration.values)
}

fn describe_sequence(sequence: &Sequence) -> String {
    let counter = describe_counter(&sequence.counter);
    let increment = sequence.increment.map(|it| format!(", increment {it}")).unwrap_or_default();
    let cache = sequence.cache.map(|it| format!(", cache {it}")).unwrap_or_default();
    let owner = sequence.owned_by.as_ref().map(|it| format!(", owned by {}.{}", it.table, it.column));
    let comment = sequence.comment.as_ref().map(|text| format!(", comment {text:?}")).unwrap_or_default();
    format!("counts {counter}{increment}{cache}{}{comment}", owner.unwrap_or_default())
}

fn describe_counter(counter: &Counter) -> String {
    let skip = counter.skip_range.map(|it| format!(" without {} to {}", it.first, it.last)).unwrap_or_default();
    format!("from {}{skip}", counter.start.unwrap_or(1))
}

fn whole_table(table: &Table, expected: Option<&str>, actual: Option<&str>) -> Difference {
    Difference {
        table: table.name.clone(),
        what: "table".to_owned(),
        expected: expected.map(str::to_owned),
        actual: actual.map(str::to_owned),
    }
}

fn table_differences(expected: &Table, actual: &Table, found: &mut Vec<Difference>) {
    let mut report = Report { table: &expected.name, found };
    let columns =
        |table: &Table| table.columns.iter().map(|it| (it.name.clone(), it.clone())).collect::<BTreeMap<_, _>>();
    report.maps("column", &columns(expected), &told_identities(expected, columns(actual)), describe_column);
    report.one("primary key", expected.primary_key.as_ref(), actual.primary_key.as_ref(), describe_key);
    report.maps("unique constraint", &expected.uniques, &actual.uniques, describe_unique);
    report.maps("index", &expected.indexes, &actual.indexes, describe_index);
    report.maps("check", &expected.checks, &actual.checks, describe_check);
    let actual_keys = told_actions(&expected.foreign_keys, &actual.foreign_keys);
    report.maps("foreign key", &expected.foreign_keys, &actual_keys, describe_foreign_key);
    report.one("interleaving", expected.interleave.as_ref(), actual.interleave.as_ref(), describe_interleave);
    report.one("row deletion policy", expected.ttl.as_ref(), actual.ttl.as_ref(), |it| {
        format!("{} days after {}", it.days, it.column)
    });
    report.one("comment", expected.comment.as_ref(), actual.comment.as_ref(), |it| format!("{it:?}"));
}

/// The columns, with the expected identity where the database does not tell its own.
fn told_identities(expected: &Table, mut actual: BTreeMap<String, Column>) -> BTreeMap<String, Column> {
    for column in actual.values_mut().filter(|column| column.identity == Identity::Untold) {
        column.identity = expected.column(&column.name).map_or(Identity::No, |it| it.identity);
    }
    actual
}

/// The foreign keys, with the expected action where the database does not tell its own.
fn told_actions(
    expected: &BTreeMap<String, ForeignKey>,
    actual: &BTreeMap<String, ForeignKey>,
) -> BTreeMap<String, ForeignKey> {
    let mut actual = actual.clone();
    for (name, key) in &mut actual {
        key.on_delete = key.on_delete.or_else(|| expected.get(name).and_then(|it| it.on_delete));
    }
    actual
}

fn describe_column(column: &Column) -> String {
    let not_null = if column.not_null { " NOT NULL" } else { "" };
    let default = column.default.as_ref().map(|text| format!(" DEFAULT {text}")).unwrap_or_default();
    let identity = match &column.identity {
        Identity::No => String::new(),
        Identity::Untold => " perhaps numbered".to_owned(),
        Identity::Counter(counter) => format!(" numbered {}", describe_counter(counter)),
    };
    let generated = column.generated.as_ref().map(|it| {
        let stored = if it.stored { "stored" } else { "virtual" };
        format!(" generated as ({}) {stored}", it.expression)
    });
    let generated = generated.unwrap_or_default();
    let commit = if column.allow_commit_timestamp { " with allow_commit_timestamp" } else { "" };
    let comment = column.comment.as_ref().map(|text| format!(", comment {text:?}")).unwrap_or_default();
    format!("{}{not_null}{default}{identity}{generated}{commit}{comment}", column.sql_type)
}

fn describe_key(key: &PrimaryKey) -> String {
    let name = key.name.as_ref().map(|name| format!(" named {name}")).unwrap_or_default();
    format!("({}){name}", key.columns.iter().map(describe_key_column).collect::<Vec<_>>().join(", "))
}

fn describe_key_column(key: &Key) -> String {
    format!("{}{}", key.name, descending(key.descending))
}

const fn descending(is_descending: bool) -> &'static str {
    if is_descending { " desc" } else { "" }
}

fn describe_index_key(key: &IndexKey) -> String {
    let value = match &key.value {
        IndexValue::Column(name) => name.clone(),
        IndexValue::Expression(text) => format!("({text})"),
    };
    let collation = key.collation.as_ref().map(|name| format!(" collate {name}")).unwrap_or_default();
    let opclass = key.opclass.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
    let nulls = match key.nulls {
        Some(NullsOrder::First) => " nulls first",
        Some(NullsOrder::Last) => " nulls last",
        None => "",
    };
    format!("{value}{collation}{opclass}{}{nulls}", descending(key.descending))
}

fn describe_check(check: &Check) -> String {
    format!("{}{}", check.condition, not_enforced(check.enforced))
}

const fn not_enforced(is_enforced: bool) -> &'static str {
    if is_enforced { "" } else { ", not enforced" }
}

fn describe_interleave(interleave: &Interleave) -> String {
    let placement = if interleave.placement_only { " without a parent row" } else { "" };
    format!("in {} on delete {}{placement}", interleave.parent, interleave.on_delete.sql())
}

fn describe_unique(unique: &Unique) -> String {
    format!("({}){}", unique.columns.join(", "), if unique.nulls_equal { " with equal NULLs" } else { "" })
}

fn describe_index(index: &Index) -> String {
    let unique = if index.unique { "unique " } else { "" };
    let filtered = if index.null_filtered { ", null-filtered" } else { "" };
    let using = index.using.as_ref().map(|method| format!(", using {method}")).unwrap_or_default();
    let storing = match index.storing.as_slice() {
        [] => String::new(),
        names => format!(", storing {}", names.join(", ")),
    };
    let condition = index.condition.as_ref().map(|text| format!(", where {text}")).unwrap_or_default();
    let interleave = index.interleave.as_ref().map(|parent| format!(", interleaved in {parent}")).unwrap_or_default();
    let keys = index.keys.iter().map(describe_index_key).collect::<Vec<_>>().join(", ");
    format!("{unique}({keys}){storing}{condition}{filtered}{using}{interleave}")
}

fn describe_foreign_key(key: &ForeignKey) -> String {
    let ForeignKey { columns, references, referenced_columns, on_delete, on_update, deferrable, enforced } = key;
    let on_delete = on_delete.map_or("not told", |action| action.sql());
    let (columns, referenced_columns) = (columns.join(", "), referenced_columns.join(", "));
    let on_update = on_update.sql();
    let deferrable = if *deferrable { ", deferred" } else { "" };
    let enforced = not_enforced(*enforced);
    format!(
        "({columns}) to {references} ({referenced_columns}) on delete {on_delete}, on update {on_update}{deferrable}{enforced}"
    )
}

struct Report<'a> {
    table: &'a ObjectName,
    found: &'a mut Vec<Difference>,
}

impl Report<'_> {
    fn maps<T: PartialEq>(
        &mut self,
        kind: &str,
        expected: &BTreeMap<String, T>,
        actual: &BTreeMap<String, T>,
        describe: impl Fn(&T) -> String,
    ) {
        let only_actual = actual.keys().filter(|name| !expected.contains_key(*name));
        for name in expected.keys().chain(only_actual) {
            let (expected, actual) = (expected.get(name), actual.get(name));
            if expected != actual {
                self.push(format!("{kind} {name}"), expected.map(&describe), actual.map(&describe));
            }
        }
    }

    fn one<T: PartialEq>(
        &mut self,
        what: &str,
        expected: Option<&T>,
        actual: Option<&T>,
        describe: impl Fn(&T) -> String,
    ) {
        if expected != actual {
            self.push(what.to_owned(), expected.map(&describe), actual.map(&describe));
        }
    }

    fn push(&mut self, what: String, expected: Option<String>, actual: Option<String>) {
        self.found.push(Difference { table: self.table.clone(), what, expected, actual });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_told_in_words() {
        let index = |descending| Index {
            unique: true,
            keys: vec![IndexKey::column("id", descending)],
            storing: vec!["a".to_owned()],
            null_filtered: false,
            condition: None,
            using: None,
            interleave: None,
        };
        let catalog = |tables: &[(&str, Option<bool>)]| {
            let mut catalog = Catalog::default();
            for (name, descending) in tables {
                let mut table = Table::new(ObjectName::unqualified(*name));
                table.indexes.extend(descending.map(|it| ("i".to_owned(), index(it))));
                catalog.tables.insert(table.name.clone(), table);
            }
            catalog
        };
        let expected = catalog(&[("a", Some(true)), ("b", Some(true)), ("c", None)]);
        let found = differences(&expected, &catalog(&[("a", Some(false)), ("b", None), ("d", None)]));
        assert_eq!(
            found.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [
                "a: index i is unique (id), storing a, expected unique (id desc), storing a",
                "b: index i is missing, expected unique (id desc), storing a",
                "c: table is missing, expected a table",
                "d: table is not expected: a table",
            ]
        );
        assert_eq!(differences(&expected, &expected), []);
    }
}
