//! Rows that keep the keys of a schema.

use std::collections::BTreeSet;

use orm_model::{Column, ObjectName, ScalarType, Schema, Table};
use proptest::{prelude::RngExt, test_runner::TestRng};
use serde_json::{Map, Value};

use super::{ground, value};
use crate::rows::{parents_first, references};

/// The rows of each table, parents first.
pub type Rows = Vec<TableRows>;

/// The rows of a table, as JSON that `insert into … values $rows` takes: values by the physical names of columns.
#[derive(Debug, Clone)]
pub struct TableRows {
    /// The table.
    pub table: ObjectName,
    /// What the text calls it.
    pub(super) written: String,
    /// Its rows.
    pub rows: Vec<Map<String, Value>>,
}

/// How many rows a table has at most.
const MOST: usize = 12;

/// How often a row is drawn whose key is taken.
const TRIES: usize = 20;

pub(super) fn rows(schema: &Schema, rng: &mut TestRng) -> Rows {
    let mut made: Rows = Vec::new();
    for table in parents_first(schema) {
        let count = rng.random_range(5..=MOST);
        let rows = TableRows { table: table.name.clone(), written: ground::table_name(table), rows: Vec::new() };
        made.push(rows);
        let mut taken = BTreeSet::new();
        for number in 0..count {
            for _ in 0..TRIES {
                let Some(row) = row(schema, table, &made, number, rng) else { break };
                let keys = keys(table, &row);
                if keys.iter().all(|it| !taken.contains(it)) {
                    taken.extend(keys);
                    made.last_mut().expect("it was pushed").rows.push(row);
                    break;
                }
            }
        }
    }
    made
}

/// A row whose key may be taken; `None` where a parent that it needs has no rows.
pub(super) fn row(
    schema: &Schema,
    table: &Table,
    made: &Rows,
    number: usize,
    rng: &mut TestRng,
) -> Option<Map<String, Value>> {
    let mut row = Map::new();
    for (columns, parent, referenced) in references(schema, table) {
        let may_be_null = columns.iter().all(|it| is_nullable(table, it));
        let rows = made.iter().find(|it| it.table == *parent).map_or(&[][..], |it| it.rows.as_slice());
        if rows.is_empty() || (may_be_null && rng.random_ratio(1, 4)) {
            if !may_be_null {
                return None;
            }
            row.extend(columns.into_iter().map(|it| (it.to_owned(), Value::Null)));
            continue;
        }
        let parent = &rows[rng.random_range(0..rows.len())];
        for (column, referenced) in columns.into_iter().zip(referenced) {
            let value = parent.get(referenced).cloned().unwrap_or(Value::Null);
            row.entry(column).or_insert(value);
        }
    }
    for column in table.columns.iter().filter(|it| it.generated.is_none()) {
        if !row.contains_key(&column.name) {
            row.insert(column.name.clone(), cell(schema, table, column, number, rng));
        }
    }
    Some(row)
}

fn cell(schema: &Schema, table: &Table, column: &Column, number: usize, rng: &mut TestRng) -> Value {
    if is_nullable(table, &column.name) && rng.random_ratio(1, 4) {
        return Value::Null;
    }
    if is_unique(table, &column.name) && !rng.random_ratio(1, 4) {
        return numbered(&column.column_type.scalar, number)
            .unwrap_or_else(|| value::value(schema, &column.column_type, rng));
    }
    let is_double = column.column_type == ScalarType::Double.into();
    if is_double && column.nullable && rng.random_ratio(1, 8) {
        return ["NaN", "Infinity", "-Infinity", "1.7976931348623157e308"][rng.random_range(0..4_usize)].into();
    }
    value::value(schema, &column.column_type, rng)
}

/// A value that no other number has.
fn numbered(scalar: &ScalarType, number: usize) -> Option<Value> {
    Some(match scalar {
        ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint => (number + 1).into(),
        ScalarType::Uuid => value::uuid(number).into(),
        ScalarType::Text | ScalarType::Varchar(_) => format!("code {number}").into(),
        ScalarType::Date => format!("2024-02-{:02}", number + 1).into(),
        _ => return None,
    })
}

fn is_nullable(table: &Table, name: &str) -> bool {
    table.column(name).is_some_and(|it| it.nullable) && !table.is_key_column(name)
}

fn is_unique(table: &Table, name: &str) -> bool {
    table.is_key_column(name) || table.uniques.iter().any(|it| it.columns.iter().any(|it| it == name))
}

/// What no other row may have: the values of each unique key, unless one of them is NULL.
pub(super) fn keys(table: &Table, row: &Map<String, Value>) -> Vec<String> {
    let primary = table.primary_key.iter().map(|it| it.columns.iter().map(|it| it.name.as_str()).collect());
    let uniques = table.uniques.iter().map(|it| it.columns.iter().map(String::as_str).collect());
    let indexes = table.indexes.iter().filter_map(|it| it.unique_columns());
    let all = primary.chain(uniques).chain(indexes).enumerate();
    let key = |(index, columns): (usize, Vec<&str>)| {
        let values: Vec<_> = columns.iter().map(|it| row.get(*it).unwrap_or(&Value::Null)).collect();
        (!values.contains(&&Value::Null)).then(|| format!("{index} {values:?}"))
    };
    all.filter_map(key).collect()
}
