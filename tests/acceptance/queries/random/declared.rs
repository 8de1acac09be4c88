//! Whether values are what a query declares: types, sizes, and NULL.

use orm_driver::Value;
use orm_engine::query::{Cell, Record};
use orm_model::{
    ColumnType, ScalarType, Schema,
    query::{ResultColumn, ResultValue},
};

/// What of a row is not as its columns declare; rows inside it are looked at, too.
pub(super) fn undeclared(schema: &Schema, columns: &[ResultColumn], record: &Record) -> Option<String> {
    if columns.len() != record.0.len() {
        return Some(format!("{} columns are declared, {} are there", columns.len(), record.0.len()));
    }
    columns.iter().zip(&record.0).find_map(|(column, (name, cell))| match (cell, &column.value) {
        _ if *name != column.name => Some(format!("`{column}` is called `{name}`")),
        (Cell::Value(Value::Null), _) => (!column.nullable).then(|| format!("`{column}` is NULL")),
        (Cell::Row(row), ResultValue::Row(columns)) => undeclared(schema, columns, row),
        (Cell::Rows(rows), ResultValue::Rows(columns)) => rows.iter().find_map(|it| undeclared(schema, columns, it)),
        (Cell::Value(value), ResultValue::Value(declared)) => {
            let fits = declared.as_ref().is_none_or(|it| fits(schema, it, value));
            (!fits).then(|| format!("`{column}` is {value:?}"))
        }
        _ => Some(format!("`{column}` is not of its kind")),
    })
}

fn fits(schema: &Schema, declared: &ColumnType, value: &Value) -> bool {
    if declared.array {
        let element = ColumnType::scalar(declared.scalar.clone());
        return matches!(value, Value::Array(items) if items.iter().all(|it| fits(schema, &element, it)));
    }
    let characters = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    match (&declared.scalar, value) {
        (ScalarType::Boolean, Value::Bool(_))
        | (ScalarType::Bigint, Value::Int64(_))
        | (ScalarType::Double, Value::Float64(_))
        | (ScalarType::Text | ScalarType::Varchar(None), Value::String(_))
        | (ScalarType::Bytes(None), Value::Bytes(_))
        | (ScalarType::Uuid, Value::Uuid(_))
        | (ScalarType::Date, Value::Date(_))
        | (ScalarType::Timestamptz(_), Value::Timestamp(_))
        | (ScalarType::TimestampLocal(_), Value::TimestampLocal(_))
        | (ScalarType::Json | ScalarType::Jsonb, Value::Json(_)) => true,
        (ScalarType::Smallint, Value::Int64(it)) => i16::try_from(*it).is_ok(),
        (ScalarType::Integer, Value::Int64(it)) => i32::try_from(*it).is_ok(),
        // A number of 32 bits, widened, or none.
        (ScalarType::Real, Value::Float64(it)) => it.is_nan() || f64::from(*it as f32) == *it,
        (ScalarType::Numeric(size), Value::Numeric(it)) => {
            let fraction = it.split_once('.').map_or(0, |(_, it)| it.trim_end_matches('0').len());
            fraction <= size.map_or(9, |it| it.scale as usize)
        }
        (ScalarType::Varchar(Some(most)), Value::String(it)) => characters(it) <= *most,
        (ScalarType::Char(length), Value::String(it)) => characters(it) == *length,
        (ScalarType::Bytes(Some(most)), Value::Bytes(it)) => it.len() <= *most as usize,
        (ScalarType::Enum(name), Value::String(it)) => schema
            .enums
            .get(name)
            .is_some_and(|declared| declared.values.iter().any(|value| value.name == *it || value.stored == *it)),
        _ => false,
    }
}
