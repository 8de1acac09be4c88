//! Values as both databases know them, without loss.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use uuid::Uuid;

/// A parameter or a column's value.
///
/// As a parameter it takes the type that the statement asks for: an [`Int64`](Value::Int64) is good for PostgreSQL's `smallint`, `integer`, `bigint` and `numeric`,
/// a [`String`](Value::String) for any PostgreSQL type by its text form. Spanner takes each value as its own type, a UUID and a float as what the column is, and converts little. What does not fit is refused by the database.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// SQL NULL of any type.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number; PostgreSQL's smaller integers are widened.
    Int64(i64),
    /// A binary floating point number, NaN and infinities included; a 32-bit one is widened.
    Float64(f64),
    /// Text, and every type whose text form is all that is known of it (an enum, an interval, an inet address).
    String(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An exact decimal number as text, `-12.340`, or `NaN` and `Infinity` on PostgreSQL: no Rust decimal type holds PostgreSQL's 131,072 digits.
    Numeric(String),
    /// An instant.
    Timestamp(DateTime<Utc>),
    /// A date and time of day without a time zone (PostgreSQL only).
    TimestampLocal(NaiveDateTime),
    /// A calendar date.
    Date(NaiveDate),
    /// A time of day (PostgreSQL only).
    Time(NaiveTime),
    /// A JSON document as the text that the database keeps, so that numbers keep their digits.
    Json(String),
    /// A UUID.
    Uuid(Uuid),
    /// An array; its elements may be NULL.
    Array(Vec<Value>),
}

impl Value {
    /// Whether this is SQL NULL.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The kind of value for messages: `int64`, `string`, …
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Int64(_) => "int64",
            Self::Float64(_) => "float64",
            Self::String(_) => "string",
            Self::Bytes(_) => "bytes",
            Self::Numeric(_) => "numeric",
            Self::Timestamp(_) => "timestamp",
            Self::TimestampLocal(_) => "local timestamp",
            Self::Date(_) => "date",
            Self::Time(_) => "time",
            Self::Json(_) => "json",
            Self::Uuid(_) => "uuid",
            Self::Array(_) => "array",
        }
    }
}

macro_rules! value_from {
    ($($source:ty => $variant:ident),* $(,)?) => {$(
        impl From<$source> for Value {
            fn from(value: $source) -> Self {
                Self::$variant(value.into())
            }
        }
    )*};
}

value_from! {
    bool => Bool,
    i16 => Int64,
    i32 => Int64,
    i64 => Int64,
    u32 => Int64,
    f32 => Float64,
    f64 => Float64,
    &str => String,
    String => String,
    &String => String,
    &[u8] => Bytes,
    Vec<u8> => Bytes,
    DateTime<Utc> => Timestamp,
    NaiveDateTime => TimestampLocal,
    NaiveDate => Date,
    NaiveTime => Time,
    Uuid => Uuid,
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<Vec<Value>> for Value {
    fn from(elements: Vec<Value>) -> Self {
        Self::Array(elements)
    }
}
