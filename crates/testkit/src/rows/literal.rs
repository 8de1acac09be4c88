//! Values and names as SQL.

use orm_model::{Dialect, ObjectName, PerDialect};

use super::Value;

/// A name, quoted.
pub(super) fn name(name: &str, dialect: Dialect) -> String {
    let quote = *PerDialect { postgres: '"', spanner: '`' }.get(dialect);
    format!("{quote}{}{quote}", name.replace(quote, &format!("{quote}{quote}")))
}

/// The name of a table, quoted.
pub(super) fn object(object: &ObjectName, dialect: Dialect) -> String {
    let parts = object.schema.iter().chain([&object.name]);
    parts.map(|it| name(it, dialect)).collect::<Vec<_>>().join(".")
}

/// A literal of the value.
pub(super) fn literal(value: &Value, dialect: Dialect) -> String {
    let write: fn(&Value) -> String = *PerDialect { postgres: postgres as fn(&Value) -> String, spanner }.get(dialect);
    write(value)
}

/// PostgreSQL reads a text in quotes as whatever the column is.
fn postgres(value: &Value) -> String {
    match postgres_text(value) {
        Some(text) => format!("'{}'", text.replace('\'', "''")),
        None => "NULL".to_owned(),
    }
}

fn postgres_text(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => return None,
        Value::Boolean(it) => it.to_string(),
        Value::Integer(it) => it.to_string(),
        Value::Timestamp(it) => format!("{it}+00"),
        Value::Float(it) | Value::Decimal(it) | Value::Text(it) | Value::Date(it) | Value::Json(it) => it.clone(),
        Value::Bytes(it) => format!("\\x{}", hex(it)),
        Value::Array(items) => {
            let quoted = |item: &Value| {
                let text = postgres_text(item).unwrap_or_default();
                format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
            };
            format!("{{{}}}", items.iter().map(quoted).collect::<Vec<_>>().join(","))
        }
    })
}

/// Spanner wants the type said: <https://cloud.google.com/spanner/docs/reference/standard-sql/lexical#literals>.
fn spanner(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Boolean(it) => it.to_string().to_uppercase(),
        // The smallest one is no literal: its digits without the sign do not fit.
        Value::Integer(it) => format!("CAST('{it}' AS INT64)"),
        Value::Float(it) => it.clone(),
        Value::Decimal(it) => format!("NUMERIC '{it}'"),
        Value::Text(it) => string(it),
        Value::Bytes(it) => format!("FROM_HEX('{}')", hex(it)),
        Value::Date(it) => format!("DATE '{it}'"),
        Value::Timestamp(it) => format!("TIMESTAMP '{it}+00'"),
        Value::Json(it) => format!("JSON {}", string(it)),
        Value::Array(items) => format!("[{}]", items.iter().map(spanner).collect::<Vec<_>>().join(", ")),
    }
}

fn string(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n").replace('\r', "\\r");
    format!("'{escaped}'")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
