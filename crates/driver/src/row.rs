//! Rows by name and by position, and typed reading of values.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::value::Value;

/// One row of a result; its rows share their column names.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    columns: Arc<[String]>,
    values: Vec<Value>,
}

impl Row {
    /// A row; `columns` and `values` have the same length.
    pub fn new(columns: Arc<[String]>, values: Vec<Value>) -> Self {
        debug_assert_eq!(columns.len(), values.len());
        Self { columns, values }
    }

    /// Column names in the order of the result.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// All values in the order of the result.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The value of the first column of this name.
    pub fn value(&self, column: &str) -> Option<&Value> {
        let index = self.columns.iter().position(|it| it == column)?;
        self.values.get(index)
    }

    /// The value at a position, counted from 0.
    pub fn at(&self, index: usize) -> Option<&Value> {
        self.values.get(index)
    }

    /// Reads a column as a Rust type; an error when there is no such column, it is NULL and `T` is no `Option`, or it holds something else.
    pub fn get<T: FromValue>(&self, column: &str) -> Result<T> {
        let value = self.value(column).ok_or_else(|| self.missing(column))?;
        T::from_value(value).ok_or_else(|| unexpected::<T>(column, value))
    }

    /// Reads the column at a position as a Rust type, see [`get`](Self::get).
    pub fn get_at<T: FromValue>(&self, index: usize) -> Result<T> {
        let column = format!("#{index}");
        let value = self.at(index).ok_or_else(|| self.missing(&column))?;
        T::from_value(value).ok_or_else(|| unexpected::<T>(&column, value))
    }

    fn missing(&self, column: &str) -> Error {
        let columns = self.columns.join(", ");
        Error::conversion(format!("no column `{column}` in the result ({columns})"))
    }
}

fn unexpected<T: FromValue>(column: &str, value: &Value) -> Error {
    let (expected, kind) = (T::EXPECTED, value.kind());
    Error::conversion(format!("column `{column}` holds {kind}, expected {expected}"))
}

/// A Rust type that a [`Value`] can be read as.
pub trait FromValue: Sized {
    /// The kind of value it reads, for messages.
    const EXPECTED: &'static str;

    /// Reads the value, or `None` when it is of another kind.
    fn from_value(value: &Value) -> Option<Self>;
}

macro_rules! from_value {
    ($($target:ty, $expected:literal, $($variant:ident)|+;)*) => {$(
        impl FromValue for $target {
            const EXPECTED: &'static str = $expected;

            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    $(Value::$variant(inner) => Some(inner.clone()),)+
                    _ => None,
                }
            }
        }
    )*};
}

from_value! {
    bool, "bool", Bool;
    i64, "int64", Int64;
    f64, "float64", Float64;
    String, "string", String | Numeric | Json;
    Vec<u8>, "bytes", Bytes;
    DateTime<Utc>, "timestamp", Timestamp;
    NaiveDateTime, "local timestamp", TimestampLocal;
    NaiveDate, "date", Date;
    NaiveTime, "time", Time;
    Uuid, "uuid", Uuid;
}

impl FromValue for Value {
    const EXPECTED: &'static str = "any value";

    fn from_value(value: &Value) -> Option<Self> {
        Some(value.clone())
    }
}

impl<T: FromValue> FromValue for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            present => T::from_value(present).map(Some),
        }
    }
}

/// Not for `Vec<u8>`, which reads bytes; an array of NULLs too is read as `Vec<Option<T>>`.
macro_rules! vec_from_value {
    ($($element:ty),*) => {$(
        impl FromValue for Vec<$element> {
            const EXPECTED: &'static str = "array";

            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    Value::Array(elements) => elements.iter().map(FromValue::from_value).collect(),
                    _ => None,
                }
            }
        }
    )*};
}

vec_from_value!(bool, i64, f64, String, Value, Option<String>, Option<i64>);

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        let columns = ["id".to_owned(), "name".to_owned(), "tags".to_owned()];
        let tags = Value::Array(vec!["a".into(), Value::Null]);
        Row::new(Arc::new(columns), vec![7_i64.into(), Value::Null, tags])
    }

    #[test]
    fn reads_by_name_and_position() {
        assert_eq!(row().get::<i64>("id").unwrap(), 7);
        assert_eq!(row().get_at::<i64>(0).unwrap(), 7);
        assert_eq!(row().get::<Option<String>>("name").unwrap(), None);
        let tags: Vec<Option<String>> = row().get("tags").unwrap();
        assert_eq!(tags, [Some("a".to_owned()), None]);
    }

    #[test]
    fn says_what_was_found_instead() {
        let wrong = row().get::<String>("id").unwrap_err().to_string();
        assert_eq!(wrong, "column `id` holds int64, expected string");
        let null = row().get::<String>("name").unwrap_err().to_string();
        assert_eq!(null, "column `name` holds null, expected string");
        let missing = row().get::<i64>("nam").unwrap_err().to_string();
        assert_eq!(missing, "no column `nam` in the result (id, name, tags)");
    }
}
