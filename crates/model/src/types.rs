//! The portable column types.
//!
//! What each becomes in a database stands in the engine's dialect folders; what each is for stands in the
//! [registry](crate::registry).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::PerDialect;

/// The type of a column: a scalar, or an array of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ColumnType {
    /// The type of the value, or of each element.
    pub scalar: ScalarType,
    /// Whether the column holds an array; elements are never NULL, and arrays do not nest.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub array: bool,
}

impl ColumnType {
    /// A type that is no array.
    pub const fn scalar(scalar: ScalarType) -> Self {
        ColumnType { scalar, array: false }
    }
}

impl From<ScalarType> for ColumnType {
    fn from(scalar: ScalarType) -> Self {
        ColumnType::scalar(scalar)
    }
}

/// A portable type of one value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScalarType {
    /// `boolean`
    Boolean,
    /// `smallint`: 16 bits, signed.
    Smallint,
    /// `integer`: 32 bits, signed.
    Integer,
    /// `bigint`: 64 bits, signed.
    Bigint,
    /// `real`: IEEE 754, 32 bits.
    Real,
    /// `double`: IEEE 754, 64 bits.
    Double,
    /// `numeric` or `numeric(precision, scale)`: an exact decimal number.
    Numeric(Option<NumericSize>),
    /// `text`: characters without a limit.
    Text,
    /// `varchar` or `varchar(length)`: at most `length` characters (code points).
    Varchar(Option<u32>),
    /// `char(length)`: exactly `length` characters.
    Char(u32),
    /// `bytes` or `bytes(length)`: at most `length` bytes.
    Bytes(Option<u32>),
    /// `uuid`
    Uuid,
    /// `date`: a day of the Gregorian calendar.
    Date,
    /// `timestamptz` or `timestamptz(precision)`: an instant; `precision` counts digits of the second, 0 to 6.
    Timestamptz(Option<u8>),
    /// `timestamp_local` or `timestamp_local(precision)`: a date and time of day without a zone.
    TimestampLocal(Option<u8>),
    /// `time` or `time(precision)`: a time of day.
    Time(Option<u8>),
    /// `interval`: a span of time.
    Interval,
    /// `json`: JSON, kept as written where the database can.
    Json,
    /// `jsonb`: JSON, kept as a value.
    Jsonb,
    /// The name of a declared [`Enum`](crate::Enum): its key in [`Schema::enums`](crate::Schema::enums).
    Enum(String),
    /// A type that only the database knows, as it is written there: `postgres("citext")`, `spanner("TOKENLIST")`.
    Native(PerDialect<Option<String>>),
}

/// The size of a decimal number: `numeric(20, 4)` has 16 digits before and 4 after the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NumericSize {
    /// All digits.
    pub precision: u32,
    /// The digits after the point.
    pub scale: u32,
}

impl fmt::Display for ScalarType {
    /// As the language writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let with = |f: &mut fmt::Formatter<'_>, name: &str, size: Option<u32>| match size {
            Some(size) => write!(f, "{name}({size})"),
            None => f.write_str(name),
        };
        match self {
            ScalarType::Boolean => f.write_str("boolean"),
            ScalarType::Smallint => f.write_str("smallint"),
            ScalarType::Integer => f.write_str("integer"),
            ScalarType::Bigint => f.write_str("bigint"),
            ScalarType::Real => f.write_str("real"),
            ScalarType::Double => f.write_str("double"),
            ScalarType::Numeric(None) => f.write_str("numeric"),
            ScalarType::Numeric(Some(size)) => write!(f, "numeric({}, {})", size.precision, size.scale),
            ScalarType::Text => f.write_str("text"),
            ScalarType::Varchar(length) => with(f, "varchar", *length),
            ScalarType::Char(length) => write!(f, "char({length})"),
            ScalarType::Bytes(length) => with(f, "bytes", *length),
            ScalarType::Uuid => f.write_str("uuid"),
            ScalarType::Date => f.write_str("date"),
            ScalarType::Timestamptz(precision) => with(f, "timestamptz", precision.map(u32::from)),
            ScalarType::TimestampLocal(precision) => with(f, "timestamp_local", precision.map(u32::from)),
            ScalarType::Time(precision) => with(f, "time", precision.map(u32::from)),
            ScalarType::Interval => f.write_str("interval"),
            ScalarType::Json => f.write_str("json"),
            ScalarType::Jsonb => f.write_str("jsonb"),
            ScalarType::Enum(name) => f.write_str(name),
            ScalarType::Native(native) => match (&native.postgres, &native.spanner) {
                (Some(text), _) => write!(f, "postgres({text:?})"),
                (None, Some(text)) => write!(f, "spanner({text:?})"),
                (None, None) => f.write_str("native"),
            },
        }
    }
}

impl fmt::Display for ColumnType {
    /// As the language writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.scalar, if self.array { "[]" } else { "" })
    }
}
