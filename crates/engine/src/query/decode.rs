//! Rows of a result as values that are the same whatever database gave them.
//!
//! A database's own spelling is gone: numbers have no trailing zeros, a UUID that was kept as a text is a UUID, JSON has its
//! keys in order, a relation is the rows that its JSON holds.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use orm_driver::{Row, Value};
use orm_model::{
    ColumnType, ScalarType,
    query::{ResultColumn, ResultValue},
};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A row: names and what they hold, in the order of the query. It serializes as an object, numbers with a point or beyond
/// 64 bits as texts, bytes in Base64.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record(pub Vec<(String, Cell)>);

/// What a column of a row holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A value; NULL also where a relation leads to no row.
    Value(Value),
    /// The row that a relation leads to.
    Row(Record),
    /// The rows that a relation leads to.
    Rows(Vec<Record>),
}

/// A value that is not what the query declares.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{column}` holds {found}, expected {expected}")]
pub struct DecodeError {
    /// The column, with those around it: `posts.title`.
    pub column: String,
    /// What it holds.
    pub found: String,
    /// What it is declared as.
    pub expected: String,
}

impl Record {
    /// What the column of this name holds.
    pub fn get(&self, column: &str) -> Option<&Cell> {
        self.0.iter().find(|(name, _)| name == column).map(|(_, cell)| cell)
    }
}

/// The row of a result whose columns are declared as `columns`.
pub fn decode(columns: &[ResultColumn], row: &Row) -> Result<Record, DecodeError> {
    let cell = |(index, column): (usize, &ResultColumn)| {
        let value = row.at(index).ok_or_else(|| unexpected(&column.name, "nothing", &column.value))?;
        Ok((column.name.clone(), cell(column, value)?))
    };
    Ok(Record(columns.iter().enumerate().map(cell).collect::<Result<_, DecodeError>>()?))
}

fn cell(column: &ResultColumn, value: &Value) -> Result<Cell, DecodeError> {
    let failed = || unexpected(&column.name, value.kind(), &column.value);
    match (&column.value, value) {
        (_, Value::Null) => Ok(Cell::Value(Value::Null)),
        (ResultValue::Value(declared), value) => {
            let value = match declared {
                Some(declared) => normal(value, declared).ok_or_else(failed)?,
                None => value.clone(),
            };
            Ok(Cell::Value(value))
        }
        (_, Value::Json(text)) => json_cell(column, &serde_json::from_str(text).map_err(|_| failed())?),
        _ => Err(failed()),
    }
}

/// The value in the one form that it has; `None` if it is of another type.
fn normal(value: &Value, declared: &ColumnType) -> Option<Value> {
    if let (Value::Array(items), true) = (value, declared.array) {
        let items = items.iter().map(|it| normal_scalar(it, &declared.scalar)).collect::<Option<_>>()?;
        return Some(Value::Array(items));
    }
    if declared.array { None } else { normal_scalar(value, &declared.scalar) }
}

fn normal_scalar(value: &Value, declared: &ScalarType) -> Option<Value> {
    Some(match (declared, value) {
        (_, Value::Null) => Value::Null,
        (ScalarType::Boolean, Value::Bool(_))
        | (ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint, Value::Int64(_))
        | (ScalarType::Real | ScalarType::Double, Value::Float64(_))
        | (ScalarType::Bytes(_), Value::Bytes(_))
        | (ScalarType::Uuid, Value::Uuid(_))
        | (ScalarType::Date, Value::Date(_))
        | (ScalarType::Timestamptz(_), Value::Timestamp(_))
        | (ScalarType::TimestampLocal(_), Value::TimestampLocal(_))
        | (ScalarType::Time(_), Value::Time(_))
        | (ScalarType::Interval | ScalarType::Native(_), _) => value.clone(),
        (ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_) | ScalarType::Enum(_), Value::String(_)) => {
            value.clone()
        }
        (ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint, Value::Numeric(text)) => {
            Value::Int64(trimmed(text).parse().ok()?)
        }
        #[allow(clippy::cast_precision_loss, reason = "what is declared as a floating-point number is one")]
        (ScalarType::Real | ScalarType::Double, Value::Int64(it)) => Value::Float64(*it as f64),
        (ScalarType::Real | ScalarType::Double, Value::Numeric(text)) => Value::Float64(text.parse().ok()?),
        (ScalarType::Numeric(_), Value::Numeric(text)) => Value::Numeric(trimmed(text)),
        (ScalarType::Numeric(_), Value::Int64(it)) => Value::Numeric(it.to_string()),
        (ScalarType::Uuid, Value::String(text)) => Value::Uuid(text.parse().ok()?),
        // A database without local timestamps keeps them as if they were in UTC.
        (ScalarType::TimestampLocal(_), Value::Timestamp(it)) => Value::TimestampLocal(it.naive_utc()),
        (ScalarType::Json | ScalarType::Jsonb, Value::Json(text)) => Value::Json(canonical(text)?),
        _ => return None,
    })
}

/// A number without zeros at its end.
fn trimmed(text: &str) -> String {
    let digits = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => text,
    };
    if digits == "-0" { "0".to_owned() } else { digits.to_owned() }
}

/// A JSON document with its keys in order and its numbers in one spelling.
pub(super) fn canonical(text: &str) -> Option<String> {
    Some(in_order(serde_json::from_str(text).ok()?).to_string())
}

fn in_order(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Array(items) => items.into_iter().map(in_order).collect(),
        serde_json::Value::Object(fields) => {
            let mut fields: Vec<_> = fields.into_iter().map(|(name, it)| (name, in_order(it))).collect();
            fields.sort_by(|(one, _), (two, _)| one.cmp(two));
            serde_json::Value::Object(fields.into_iter().collect())
        }
        serde_json::Value::Number(number) => whole(&number).map_or(serde_json::Value::Number(number), Into::into),
        other => other,
    }
}

/// `1.0` is 1.
fn whole(number: &serde_json::Number) -> Option<i64> {
    /// From here on not every whole number is a double.
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    let float = number.as_f64().filter(|it| number.is_f64() && it.fract() == 0.0 && it.abs() < LIMIT)?;
    #[allow(clippy::cast_possible_truncation, reason = "it is whole and small")]
    Some(float as i64)
}

/// What a column holds by the JSON in which it came.
fn json_cell(column: &ResultColumn, json: &serde_json::Value) -> Result<Cell, DecodeError> {
    use serde_json::Value as Json;
    let failed = || unexpected(&column.name, "other JSON", &column.value);
    let record = |columns: &[ResultColumn], json: &Json| {
        let object = json.as_object().ok_or_else(failed)?;
        let cell = |inner: &ResultColumn| {
            let value = object.get(&inner.name).unwrap_or(&Json::Null);
            let cell = json_cell(inner, value).map_err(|error| error.inside(&column.name))?;
            Ok((inner.name.clone(), cell))
        };
        Ok(Record(columns.iter().map(cell).collect::<Result<_, DecodeError>>()?))
    };
    match &column.value {
        ResultValue::Value(declared) => {
            let value = match declared {
                Some(declared) => json_value(json, declared, column.nullable).ok_or_else(failed)?,
                None if json.is_null() => Value::Null,
                None => Value::Json(json.to_string()),
            };
            Ok(Cell::Value(value))
        }
        ResultValue::Row(_) if json.is_null() => Ok(Cell::Value(Value::Null)),
        ResultValue::Row(columns) => Ok(Cell::Row(record(columns, json)?)),
        ResultValue::Rows(columns) => {
            let rows = json.as_array().ok_or_else(failed)?.iter().map(|it| record(columns, it));
            Ok(Cell::Rows(rows.collect::<Result<_, DecodeError>>()?))
        }
    }
}

/// A value by its spelling inside of JSON; see [`QueryDialect::json_text`](super::QueryDialect::json_text).
fn json_value(json: &serde_json::Value, declared: &ColumnType, nullable: bool) -> Option<Value> {
    let is_document = matches!(declared.scalar, ScalarType::Json | ScalarType::Jsonb) && !declared.array;
    if json.is_null() && (nullable || !is_document) {
        return Some(Value::Null);
    }
    if declared.array {
        let items = json.as_array()?.iter().map(|it| json_value(it, &declared.scalar.clone().into(), true));
        return Some(Value::Array(items.collect::<Option<_>>()?));
    }
    Some(match &declared.scalar {
        ScalarType::Boolean => Value::Bool(json.as_bool()?),
        ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint => Value::Int64(json.as_i64()?),
        ScalarType::Real => Value::Float64(f64::from(json_float(json)? as f32)),
        ScalarType::Double => Value::Float64(json_float(json)?),
        ScalarType::Numeric(_) => Value::Numeric(trimmed(json.as_str()?)),
        ScalarType::Bytes(_) => Value::Bytes(BASE64_STANDARD.decode(json.as_str()?).ok()?),
        ScalarType::Uuid => Value::Uuid(json.as_str()?.parse().ok()?),
        ScalarType::Date => Value::Date(json.as_str()?.parse::<NaiveDate>().ok()?),
        ScalarType::Timestamptz(_) => Value::Timestamp(json.as_str()?.parse::<DateTime<Utc>>().ok()?),
        ScalarType::TimestampLocal(_) => Value::TimestampLocal(json.as_str()?.parse::<NaiveDateTime>().ok()?),
        ScalarType::Time(_) => Value::Time(json.as_str()?.parse::<NaiveTime>().ok()?),
        ScalarType::Json | ScalarType::Jsonb => Value::Json(in_order(json.clone()).to_string()),
        ScalarType::Text
        | ScalarType::Varchar(_)
        | ScalarType::Char(_)
        | ScalarType::Enum(_)
        | ScalarType::Interval
        | ScalarType::Native(_) => Value::String(json.as_str()?.to_owned()),
    })
}

/// A number, or a word for one that JSON does not have. JSON of PostgreSQL has no `-0`.
fn json_float(json: &serde_json::Value) -> Option<f64> {
    match json {
        serde_json::Value::String(text) => text.parse().ok(),
        other => other.as_f64().map(|it| if it == 0.0 { 0.0 } else { it }),
    }
}

fn unexpected(column: &str, found: &str, expected: &ResultValue) -> DecodeError {
    let expected = match expected {
        ResultValue::Value(Some(it)) => it.to_string(),
        ResultValue::Value(None) => "a value".to_owned(),
        ResultValue::Row(_) => "a row".to_owned(),
        ResultValue::Rows(_) => "rows".to_owned(),
    };
    DecodeError { column: column.to_owned(), found: found.to_owned(), expected }
}

impl DecodeError {
    fn inside(mut self, column: &str) -> Self {
        self.column = format!("{column}.{}", self.column);
        self
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, cell) in &self.0 {
            map.serialize_entry(name, cell)?;
        }
        map.end()
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Value(value) => Shown(value).serialize(serializer),
            Cell::Row(row) => row.serialize(serializer),
            Cell::Rows(rows) => rows.serialize(serializer),
        }
    }
}

impl fmt::Display for Cell {
    /// For a table: rows as JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Value(Value::Null) => f.write_str("NULL"),
            Cell::Value(Value::Array(items)) => {
                let json: Vec<_> = items.iter().map(Shown).collect();
                f.write_str(&serde_json::to_string(&json).map_err(|_| fmt::Error)?)
            }
            Cell::Value(Value::Json(text)) => f.write_str(text),
            Cell::Value(value) => f.write_str(&text(value)),
            rows => f.write_str(&serde_json::to_string(rows).map_err(|_| fmt::Error)?),
        }
    }
}

/// A value as JSON.
struct Shown<'v>(&'v Value);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(it) => serializer.serialize_bool(*it),
            Value::Int64(it) => serializer.serialize_i64(*it),
            Value::Float64(it) if it.is_finite() => serializer.serialize_f64(*it),
            Value::Json(text) => match serde_json::from_str::<serde_json::Value>(text) {
                Ok(json) => json.serialize(serializer),
                Err(_) => serializer.serialize_str(text),
            },
            Value::Array(items) => serializer.collect_seq(items.iter().map(Shown)),
            other => serializer.serialize_str(&text(other)),
        }
    }
}

/// A value of one piece as a text.
fn text(value: &Value) -> String {
    match value {
        Value::Bool(it) => it.to_string(),
        Value::Int64(it) => it.to_string(),
        Value::Float64(it) if it.is_infinite() => if *it > 0.0 { "Infinity" } else { "-Infinity" }.to_owned(),
        Value::Float64(it) => it.to_string(),
        Value::String(it) | Value::Numeric(it) | Value::Json(it) => it.clone(),
        Value::Bytes(it) => BASE64_STANDARD.encode(it),
        Value::Timestamp(it) => format!("{}Z", moment(&it.naive_utc())),
        Value::TimestampLocal(it) => moment(it),
        Value::Date(it) => it.to_string(),
        Value::Time(it) => it.to_string(),
        Value::Uuid(it) => it.to_string(),
        Value::Null | Value::Array(_) => String::new(),
    }
}

/// With 6 digits of the second, and 9 where there are more.
fn moment(it: &NaiveDateTime) -> String {
    let format = if it.nanosecond().is_multiple_of(1_000) { "%Y-%m-%dT%H:%M:%S%.6f" } else { "%Y-%m-%dT%H:%M:%S%.9f" };
    it.format(format).to_string()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn column(name: &str, value: ResultValue) -> ResultColumn {
        ResultColumn { name: name.to_owned(), value, nullable: true }
    }

    fn value(name: &str, scalar: ScalarType) -> ResultColumn {
        column(name, ResultValue::Value(Some(scalar.into())))
    }

    fn row(values: Vec<Value>) -> Row {
        let names: Arc<[String]> = values.iter().map(Value::kind).map(str::to_owned).collect();
        Row::new(names, values)
    }

    fn json(record: &Record) -> String {
        serde_json::to_string(record).unwrap()
    }

    #[test]
    fn spellings_of_databases_are_gone() {
        let columns =
            [value("n", ScalarType::Numeric(None)), value("u", ScalarType::Uuid), value("j", ScalarType::Jsonb)];
        let uuid = "00000000-0000-0000-0000-00000000000a";
        let postgres = row(vec![
            Value::Numeric("1.100000000".to_owned()),
            Value::Uuid(uuid.parse().unwrap()),
            Value::Json(r#"{"b": 1.0, "aa": [1.50]}"#.to_owned()),
        ]);
        let spanner =
            row(vec![Value::Numeric("1.1".to_owned()), uuid.into(), Value::Json(r#"{"aa":[1.5],"b":1}"#.to_owned())]);
        let decoded = decode(&columns, &postgres).unwrap();
        assert_eq!(decoded, decode(&columns, &spanner).unwrap());
        assert_eq!(json(&decoded), format!(r#"{{"n":"1.1","u":"{uuid}","j":{{"aa":[1.5],"b":1}}}}"#));
    }

    #[test]
    fn relations_are_rows() {
        let author = column("author", ResultValue::Row(vec![value("name", ScalarType::Text)]));
        let posts = vec![value("id", ScalarType::Bigint), value("at", ScalarType::Timestamptz(None)), author];
        let columns = [column("posts", ResultValue::Rows(posts))];
        let text = r#"[{"id": 9007199254740993, "at": "2024-01-01T00:00:00.000001Z", "author": null}]"#;
        let decoded = decode(&columns, &row(vec![Value::Json(text.to_owned())])).unwrap();
        let expected = r#"{"posts":[{"id":9007199254740993,"at":"2024-01-01T00:00:00.000001Z","author":null}]}"#;
        assert_eq!(json(&decoded), expected);
        let wrong = row(vec![Value::Json(r#"[{"id": "x"}]"#.to_owned())]);
        let error = decode(&columns, &wrong).unwrap_err().to_string();
        assert_eq!(error, "`posts.id` holds other JSON, expected bigint");
    }

    #[test]
    fn numbers_that_json_does_not_have_are_words() {
        let columns = [column("rows", ResultValue::Rows(vec![value("x", ScalarType::Double)]))];
        let text = r#"[{"x": "NaN"}, {"x": "-Infinity"}, {"x": 0.1}]"#;
        let decoded = decode(&columns, &row(vec![Value::Json(text.to_owned())])).unwrap();
        assert_eq!(json(&decoded), r#"{"rows":[{"x":"NaN"},{"x":"-Infinity"},{"x":0.1}]}"#);
    }

    #[test]
    fn what_is_not_declared_is_an_error() {
        let error = decode(&[value("a", ScalarType::Bigint)], &row(vec!["x".into()])).unwrap_err();
        assert_eq!(error.to_string(), "`a` holds string, expected bigint");
        assert!(decode(&[value("a", ScalarType::Bigint)], &row(vec![])).is_err());
    }
}
