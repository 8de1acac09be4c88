//! What rows of a caller need where they may be in conflict with the rows that are there, as both databases can do it.

use std::collections::BTreeMap;

use orm_driver::Value;
use orm_model::{
    Expression, Literal, Schema, Table,
    query::{Assignment, ConflictAction, EXCLUDED, Insert, InsertRows, OnConflict, Query, QueryBody, Relation},
};

use super::argument::{self, Arguments};

/// Why the rows of a caller cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowsError {
    /// A row lacks a column that `on_conflict` reads: the database would make it up, and Spanner has not made it yet.
    #[error("`{row}` needs `{column}`, which `on_conflict` reads")]
    Missing {
        /// The row: `rows[0]`.
        row: String,
        /// The column.
        column: String,
    },
    /// Two rows have the same key. PostgreSQL refuses to change a row twice in one statement, and which of the two stays
    /// where nothing is changed differs between the databases.
    #[error("`{row}` has the same {columns} as `{other}`, and a row is written once")]
    Repeated {
        /// The second row: `rows[1]`.
        row: String,
        /// The first one.
        other: String,
        /// The columns of the key.
        columns: String,
    },
}

/// Whether the rows that an insert writes fit together.
pub fn check(query: &Query, schema: &Schema, arguments: &Arguments) -> Result<(), RowsError> {
    let QueryBody::Insert(insert) = &query.body else { return Ok(()) };
    let (Some(conflict), Relation::Table(name)) = (&insert.on_conflict, &insert.target.relation) else { return Ok(()) };
    let Some(table) = schema.tables.get(name) else { return Ok(()) };
    let rows = match &insert.rows {
        InsertRows::Parameter(parameter) => {
            let rows = arguments.rows.get(parameter).map(Vec::as_slice).unwrap_or_default();
            complete(parameter, rows, &needed(conflict, table), table)?;
            rows.iter().enumerate().map(|(index, row)| given(parameter, index, row, conflict)).collect()
        }
        InsertRows::Values(rows) => rows
            .iter()
            .enumerate()
            .map(|(index, row)| said(index, row, insert, conflict, table, schema, arguments))
            .collect(),
        InsertRows::Query(_) => Vec::new(),
    };
    unrepeated(rows, conflict, table)
}

/// A row by its name and its key; the key is not known where it is computed.
type Row = (String, Option<Vec<Value>>);

/// The columns that have a default and that each row must have all the same.
fn needed<'q>(conflict: &'q OnConflict, table: &Table) -> Vec<&'q str> {
    let mut columns: Vec<&str> = conflict.columns.iter().map(String::as_str).collect();
    if let ConflictAction::Update { assignments, filters } = &conflict.action {
        let is_plain = |it: &&Assignment| matches!(&it.value, Some(Expression::Field(field)) if field.source == EXCLUDED && field.column == it.column);
        let values = assignments.iter().filter(|it| !is_plain(it)).filter_map(|it| it.value.as_ref());
        for expression in values.chain(filters.iter().map(|it| &it.condition)) {
            expression.walk(&mut |it| match it {
                Expression::Field(field) if field.source == EXCLUDED => columns.push(&field.column),
                _ => {}
            });
        }
    }
    columns.retain(|it| table.column(it).is_some_and(|it| it.default.is_some()));
    columns
}

fn complete(
    parameter: &str,
    rows: &[BTreeMap<String, Value>],
    needed: &[&str],
    table: &Table,
) -> Result<(), RowsError> {
    for (index, row) in rows.iter().enumerate() {
        if let Some(column) = needed.iter().find(|it| !row.contains_key(**it)) {
            return Err(RowsError::Missing { row: format!("{parameter}[{index}]"), column: declared(table, column) });
        }
    }
    Ok(())
}

fn given(parameter: &str, index: usize, row: &BTreeMap<String, Value>, conflict: &OnConflict) -> Row {
    // What has a default is there.
    let key = conflict.columns.iter().map(|it| row.get(it).cloned().unwrap_or(Value::Null));
    (format!("{parameter}[{index}]"), Some(key.collect()))
}

/// A row that the text writes out.
fn said(
    index: usize,
    row: &[Option<Expression>],
    insert: &Insert,
    conflict: &OnConflict,
    table: &Table,
    schema: &Schema,
    arguments: &Arguments,
) -> Row {
    let value = |name: &String| {
        let position = insert.columns.iter().position(|it| it == name)?;
        match row.get(position)?.as_ref()? {
            Expression::Parameter(it) => Some(arguments.values.get(&it.name).cloned().unwrap_or(Value::Null)),
            Expression::Literal(Literal::Null) => Some(Value::Null),
            other => argument::literal(other, &table.column(name)?.column_type, schema),
        }
    };
    (format!("values[{index}]"), conflict.columns.iter().map(value).collect())
}

fn unrepeated(rows: Vec<Row>, conflict: &OnConflict, table: &Table) -> Result<(), RowsError> {
    let nulls_equal = table.has_equal_nulls(&conflict.columns);
    let mut seen: BTreeMap<Vec<String>, &str> = BTreeMap::new();
    for (row, key) in &rows {
        let Some(key) = key.as_ref().filter(|it| nulls_equal || !it.iter().any(Value::is_null)) else { continue };
        if let Some(other) = seen.insert(key.iter().map(same).collect(), row) {
            let names: Vec<_> = conflict.columns.iter().map(|it| format!("`{}`", declared(table, it))).collect();
            let (row, other) = (row.clone(), other.to_owned());
            return Err(RowsError::Repeated { row, other, columns: names.join(" and ") });
        }
    }
    Ok(())
}

/// A text that two values of a column share where the databases take them for the same.
fn same(value: &Value) -> String {
    match value {
        Value::Numeric(number) => digits(number),
        other => format!("{other:?}"),
    }
}

/// An exact number without the zeros that say nothing.
fn digits(number: &str) -> String {
    let (is_negative, number) = number.strip_prefix('-').map_or((false, number), |it| (true, it));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let sign = if is_negative && !(whole.is_empty() && fraction.is_empty()) { "-" } else { "" };
    format!("{sign}{whole}.{fraction}")
}

fn declared(table: &Table, column: &str) -> String {
    table.column(column).map_or(column, |it| it.declared_name()).to_owned()
}
