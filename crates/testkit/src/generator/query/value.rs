//! Values: few of each type, so that rows have equal ones, and the limits of the type among them.

use orm_model::{ColumnType, ScalarType, Schema};
use proptest::{prelude::RngExt, test_runner::TestRng};
use serde_json::{Value, json};

/// A value of the type as JSON.
pub(super) fn value(schema: &Schema, column_type: &ColumnType, rng: &mut TestRng) -> Value {
    if column_type.array {
        return (0..rng.random_range(0..4_usize)).map(|_| scalar(schema, &column_type.scalar, rng)).collect();
    }
    scalar(schema, &column_type.scalar, rng)
}

fn scalar(schema: &Schema, scalar: &ScalarType, rng: &mut TestRng) -> Value {
    match scalar {
        ScalarType::Boolean => rng.random::<bool>().into(),
        ScalarType::Smallint => pick(&[0, 1, 2, 4, -3, 7, 32_767, -32_768], rng).into(),
        ScalarType::Integer => pick(&[0, 1, 2, -3, 7, 7, 100, i64::from(i32::MAX), i64::from(i32::MIN)], rng).into(),
        ScalarType::Bigint => pick(&[0, 1, 2, -3, 7, 7, 100, 9_007_199_254_740_993, i64::MAX, i64::MIN], rng).into(),
        // Their sums are exact in any order, which a database chooses: 0.1 has none.
        ScalarType::Real => pick(&["0", "-1.5", "0.25", "2", "16777216"], rng).into(),
        ScalarType::Double => pick(&["0", "-1.5", "0.25", "2", "2", "1048576"], rng).into(),
        ScalarType::Numeric(Some(_)) => pick(&["0", "1.5", "-3", "2.50", "99999999.99", "0.01"], rng).into(),
        ScalarType::Numeric(None) => {
            pick(&["0", "1.5", "-3", "2.50", "2.5", "0.000000001", "99999999999999999999999999999.999999999"], rng)
                .into()
        }
        ScalarType::Bytes(_) => pick(&["", "AA==", "YWJj", "/w=="], rng).into(),
        ScalarType::Uuid => uuid(rng.random_range(0..3)).into(),
        ScalarType::Date => pick(&["0001-01-01", "9999-12-31", "2024-02-29", "1999-12-31"], rng).into(),
        ScalarType::Timestamptz(_) => pick(
            &[
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999Z",
                "2024-02-29T12:30:00Z",
                "2024-02-29T12:30:00.000001Z",
                "1969-12-31T23:59:59Z",
            ],
            rng,
        )
        .into(),
        ScalarType::TimestampLocal(_) => {
            pick(&["2024-02-29T12:30:00", "2024-02-29T23:59:59.000001", "1969-12-31T23:59:59"], rng).into()
        }
        ScalarType::Json | ScalarType::Jsonb => pick_json(rng),
        ScalarType::Enum(name) => {
            let values = &schema.enums[name].values;
            values[rng.random_range(0..values.len())].name.clone().into()
        }
        ScalarType::Char(_) => pick(&["abc", "xyz", "a b", "é🙂x", "AbC"], rng).into(),
        _ => pick(
            &[
                "",
                "a",
                "b",
                "B",
                "007",
                "it's",
                "\"q\" \\ %_",
                "Zürich 日本 🙂",
                "line\nline\ttab",
                "null",
                "e\u{301}",
                "x",
            ],
            rng,
        )
        .into(),
    }
}

/// A UUID, always the same one for a number.
pub(super) fn uuid(number: usize) -> String {
    format!("6ba7b81{number:x}-9dad-11d1-80b4-00c04fd430c8")
}

fn pick_json(rng: &mut TestRng) -> Value {
    let choices = [
        json!({}),
        json!([]),
        json!("text"),
        json!(true),
        json!({"theme": {"kind": "dark"}, "key": 3}),
        json!({"theme": {"kind": 3}, "a b": [1, null, "it's"]}),
        json!({"theme": null, "it's": "🙂"}),
    ];
    choices[rng.random_range(0..choices.len())].clone()
}

fn pick<T: Copy>(choices: &[T], rng: &mut TestRng) -> T {
    choices[rng.random_range(0..choices.len())]
}

/// A value as an expression has it; `None` of a type that has no literals.
pub(super) fn literal(schema: &Schema, column_type: &ColumnType, rng: &mut TestRng) -> Option<String> {
    written(column_type, &value(schema, column_type, rng))
}

/// The value as an expression has it; `None` of a type that has no literals.
pub(super) fn written(column_type: &ColumnType, value: &Value) -> Option<String> {
    match (&column_type.scalar, value) {
        (ScalarType::Json | ScalarType::Jsonb | ScalarType::Bytes(_), _) | (_, Value::Array(_)) => None,
        (ScalarType::Enum(_), Value::String(text)) => Some(text.clone()),
        (ScalarType::Real | ScalarType::Double | ScalarType::Numeric(_), Value::String(text)) => {
            text.parse::<f64>().is_ok_and(f64::is_finite).then(|| text.clone())
        }
        // The smallest whole number is no literal with a sign before it.
        (_, Value::Number(it)) if it.as_i64() == Some(i64::MIN) => Some("0".to_owned()),
        (_, value) => Some(value.to_string()),
    }
}
