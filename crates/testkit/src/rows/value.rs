//! A random value of a type: its limits first, then what lies between.

use orm_model::{Column, Dialect, ScalarType, Schema, types::NumericSize};
use proptest::{prelude::RngExt, test_runner::TestRng};

/// A value of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `NULL`
    Null,
    /// `TRUE`, `FALSE`
    Boolean(bool),
    /// Whole numbers.
    Integer(i64),
    /// A number of a floating-point type as written.
    Float(String),
    /// A number with an exact fraction as written.
    Decimal(String),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// `2027-01-31`
    Date(String),
    /// An instant in UTC: `2027-01-31 12:00:00.5`.
    Timestamp(String),
    /// A JSON document.
    Json(String),
    /// The elements of an array, and a value of the element's kind that says what they are.
    Array(Vec<Value>),
}

/// A value of a column that is not NULL; `None` for a type that only the database knows.
pub(super) fn value(
    schema: &Schema,
    column: &Column,
    dialect: Dialect,
    number: usize,
    rng: &mut TestRng,
) -> Option<Value> {
    let limit = column.physical_type.get(dialect).as_deref().and_then(length);
    let one = |number, rng: &mut TestRng| scalar(schema, &column.column_type.scalar, dialect, number, limit, rng);
    if !column.column_type.array {
        return one(number, rng);
    }
    let elements = (0..rng.random_range(0..3_usize)).map(|at| one(number + at, rng));
    elements.collect::<Option<Vec<_>>>().map(Value::Array)
}

/// The number in `varchar(300)`.
fn length(physical: &str) -> Option<usize> {
    physical.split_once('(')?.1.split_once(')')?.0.parse().ok()
}

fn scalar(
    schema: &Schema,
    scalar: &ScalarType,
    dialect: Dialect,
    number: usize,
    limit: Option<usize>,
    rng: &mut TestRng,
) -> Option<Value> {
    let characters = |it: &Option<u32>| it.map(|it| it as usize).or(limit).unwrap_or(usize::MAX);
    Some(match scalar {
        ScalarType::Boolean => Value::Boolean(rng.random()),
        ScalarType::Smallint => integer(i16::MIN.into(), i16::MAX.into(), number, rng),
        ScalarType::Integer => integer(i32::MIN.into(), i32::MAX.into(), number, rng),
        ScalarType::Bigint => integer(i64::MIN, i64::MAX, number, rng),
        ScalarType::Real => Value::Float(pick(&["0", "-1.5", "16777216", "3.4028235e38", "1e-30"], number, rng)),
        ScalarType::Double => {
            Value::Float(pick(&["0", "-1.5", "1.7976931348623157e308", "0.1", "1e-300"], number, rng))
        }
        ScalarType::Numeric(size) => Value::Decimal(decimal(size.as_ref(), number, rng)),
        ScalarType::Text => Value::Text(text(characters(&None), rng)),
        ScalarType::Varchar(size) => Value::Text(text(characters(size), rng)),
        ScalarType::Char(size) => {
            let drawn = text(*size as usize, rng);
            let missing = *size as usize - drawn.chars().count();
            Value::Text(drawn + &"x".repeat(missing))
        }
        ScalarType::Bytes(size) => {
            let longest = size.map_or(9, |it| (it as usize).min(9));
            Value::Bytes((0..rng.random_range(0..=longest)).map(|_| rng.random()).collect())
        }
        ScalarType::Uuid => Value::Text(uuid(rng)),
        ScalarType::Date => Value::Date(pick(&["0001-01-01", "9999-12-31", "2024-02-29"], number, rng)),
        ScalarType::Timestamptz(digits) | ScalarType::TimestampLocal(digits) => {
            Value::Timestamp(timestamp(column_digits(*digits), number, rng))
        }
        ScalarType::Json | ScalarType::Jsonb => Value::Json(json(rng)),
        ScalarType::Enum(name) => {
            let values = &schema.enums.get(name)?.values;
            Value::Text(values.get(rng.random_range(0..values.len().max(1)))?.stored.clone())
        }
        ScalarType::Time(_) if dialect.capabilities().time_of_day => Value::Text("23:59:59".to_owned()),
        ScalarType::Interval if dialect.capabilities().intervals => Value::Text("1 day".to_owned()),
        ScalarType::Time(_) | ScalarType::Interval | ScalarType::Native(_) => return None,
    })
}

fn column_digits(digits: Option<u8>) -> usize {
    digits.map_or(6, usize::from)
}

fn pick(choices: &[&str], number: usize, rng: &mut TestRng) -> String {
    let at = if number < choices.len() { number } else { rng.random_range(0..choices.len()) };
    choices[at].to_owned()
}

fn integer(low: i64, high: i64, number: usize, rng: &mut TestRng) -> Value {
    Value::Integer(match number {
        0 => low,
        1 => high,
        _ if rng.random() => rng.random_range(0..100),
        _ => rng.random_range(low..=high),
    })
}

/// Spanner's NUMERIC, the smaller one, has 29 digits before the point and 9 after it.
fn decimal(size: Option<&NumericSize>, number: usize, rng: &mut TestRng) -> String {
    let (whole, fraction) = size.map_or((29, 9), |it| (it.precision - it.scale, it.scale));
    let (whole, fraction) = (whole as usize, fraction as usize);
    let digits = |count: usize, rng: &mut TestRng| -> String {
        (0..count).map(|_| if number < 2 { '9' } else { char::from(b'0' + rng.random_range(0..10_u8)) }).collect()
    };
    let sign = if number == 1 || rng.random_ratio(1, 4) { "-" } else { "" };
    let text = format!("{sign}0{}.{}", digits(whole, rng), digits(fraction, rng));
    let text = text.replacen("0", "", usize::from(whole > 0));
    text.trim_end_matches('.').to_owned()
}

/// Plain words, numbers, and what SQL treats in its own way.
fn text(limit: usize, rng: &mut TestRng) -> String {
    let choices = ["", "a", "007", "it's", "\"quoted\" \\ %_", "Zürich 日本 🙂", "line\nline\ttab", "null", "e\u{301}"];
    let chosen = choices[rng.random_range(0..choices.len())];
    let numbered = if rng.random() { chosen.to_owned() } else { format!("{chosen}{}", rng.random_range(0..1000_u32)) };
    numbered.chars().take(limit).collect()
}

fn uuid(rng: &mut TestRng) -> String {
    let hex = format!("{:032x}", rng.random::<u128>());
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

fn timestamp(digits: usize, number: usize, rng: &mut TestRng) -> String {
    let start = pick(
        &["0001-01-01 00:00:00", "9999-12-31 23:59:59", "2027-01-31 12:00:00", "1969-12-31 23:59:59"],
        number,
        rng,
    );
    let fraction: String = (0..digits).map(|_| char::from(b'0' + rng.random_range(0..10_u8))).collect();
    if fraction.is_empty() { start } else { format!("{start}.{fraction}") }
}

fn json(rng: &mut TestRng) -> String {
    let choices = ["{}", "[]", "null", "true", "-1.5", "\"it's 🙂\"", "{\"a\": [1, null, {\"b c\": \"\\\\\"}]}"];
    choices[rng.random_range(0..choices.len())].to_owned()
}
