//! Values to and from PostgreSQL.
//!
//! Parameters go out as text, which every type reads, so that the server alone decides what a parameter may be.
//! Results come in as binary, which is all that the client asks for.

use std::error::Error as StdError;
use std::fmt::Write as _;

use bytes::BytesMut;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use tokio_postgres::types::{Format, FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};
use uuid::Uuid;

use super::numeric;
use crate::value::Value;

type Failure = Box<dyn StdError + Sync + Send>;

/// A value on its way through the client.
#[derive(Debug)]
pub(super) struct Wire(pub(super) Value);

impl ToSql for Wire {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        let Some(text) = to_text(&self.0) else { return Ok(IsNull::Yes) };
        out.write_str(&text)?;
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Text
    }

    to_sql_checked!();
}

/// PostgreSQL's text form; `None` is NULL.
fn to_text(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(it) => it.to_string(),
        Value::Int64(it) => it.to_string(),
        Value::Float64(it) => float_text(*it),
        Value::String(it) | Value::Numeric(it) | Value::Json(it) => it.clone(),
        Value::Bytes(it) => it.iter().fold(r"\x".to_owned(), |text, byte| text + &format!("{byte:02x}")),
        Value::Timestamp(it) => timestamp_text(it.naive_utc(), "+00"),
        Value::TimestampLocal(it) => timestamp_text(*it, ""),
        Value::Date(it) => date_text(*it),
        Value::Time(it) => it.format("%H:%M:%S%.f").to_string(),
        Value::Uuid(it) => it.to_string(),
        Value::Array(elements) => array_text(elements),
    })
}

fn float_text(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    // The exponent form keeps extremes short; the digits are the shortest that read back as the same number.
    format!("{value:e}")
}

/// Years before 1 are written with BC and counted without a year 0; a year beyond 9999 has no sign in PostgreSQL.
fn date_text(date: NaiveDate) -> String {
    use chrono::Datelike;
    let year = date.year();
    let (shown, era) = if year > 0 { (year, "") } else { (1 - year, " BC") };
    format!("{shown:04}-{:02}-{:02}{era}", date.month(), date.day())
}

/// The era stands behind the zone.
fn timestamp_text(timestamp: NaiveDateTime, zone: &str) -> String {
    let date = date_text(timestamp.date());
    let (date, era) = date.strip_suffix(" BC").map_or((date.as_str(), ""), |date| (date, " BC"));
    format!("{date} {}{zone}{era}", timestamp.time().format("%H:%M:%S%.f"))
}

/// `{1,NULL,"quoted"}`: everything but NULL and nested arrays is quoted, so that no element is misread.
fn array_text(elements: &[Value]) -> String {
    let elements = elements.iter().map(|element| match (element, to_text(element)) {
        (Value::Array(_), Some(text)) => text,
        (_, Some(text)) => format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\"")),
        (_, None) => "NULL".to_owned(),
    });
    format!("{{{}}}", elements.collect::<Vec<_>>().join(","))
}

impl<'a> FromSql<'a> for Wire {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Failure> {
        from_binary(ty, raw).map(Self)
    }

    fn from_sql_null(_: &Type) -> Result<Self, Failure> {
        Ok(Self(Value::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

fn from_binary(ty: &Type, raw: &[u8]) -> Result<Value, Failure> {
    match ty.kind() {
        Kind::Array(_) => {
            let elements = Vec::<Wire>::from_sql(ty, raw)?;
            return Ok(Value::Array(elements.into_iter().map(|it| it.0).collect()));
        }
        Kind::Domain(base) => return from_binary(base, raw),
        Kind::Enum(_) => return Ok(Value::String(String::from_sql(&Type::TEXT, raw)?)),
        _ => {}
    }
    Ok(match *ty {
        Type::BOOL => Value::Bool(bool::from_sql(ty, raw)?),
        Type::INT2 => i16::from_sql(ty, raw)?.into(),
        Type::INT4 => i32::from_sql(ty, raw)?.into(),
        Type::INT8 => Value::Int64(i64::from_sql(ty, raw)?),
        Type::OID => u32::from_sql(ty, raw)?.into(),
        Type::FLOAT4 => f32::from_sql(ty, raw)?.into(),
        Type::FLOAT8 => Value::Float64(f64::from_sql(ty, raw)?),
        Type::NUMERIC => Value::Numeric(numeric::from_binary(raw)?),
        Type::BYTEA => Value::Bytes(raw.to_vec()),
        Type::DATE => Value::Date(NaiveDate::from_sql(ty, raw)?),
        Type::TIME => Value::Time(NaiveTime::from_sql(ty, raw)?),
        Type::TIMESTAMP => Value::TimestampLocal(NaiveDateTime::from_sql(ty, raw)?),
        Type::TIMESTAMPTZ => Value::Timestamp(DateTime::<Utc>::from_sql(ty, raw)?),
        Type::UUID => Value::Uuid(Uuid::from_sql(ty, raw)?),
        Type::JSON => Value::Json(text(raw)?),
        Type::JSONB => Value::Json(text(jsonb_body(raw)?)?),
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN | Type::CHAR | Type::XML => {
            Value::String(text(raw)?)
        }
        Type::VOID => Value::Null,
        _ => return Err(format!("type `{}` has no counterpart, cast it to text", ty.name()).into()),
    })
}

fn text(raw: &[u8]) -> Result<String, Failure> {
    Ok(std::str::from_utf8(raw)?.to_owned())
}

/// `jsonb` is sent as a version number, 1, and the document's text.
fn jsonb_body(raw: &[u8]) -> Result<&[u8], Failure> {
    match raw {
        [1, body @ ..] => Ok(body),
        _ => Err("unknown version of the jsonb format".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_of_arrays_are_quoted() {
        let array = Value::Array(vec!["a\"b\\c".into(), Value::Null, "NULL".into(), "".into()]);
        assert_eq!(to_text(&array).unwrap(), r#"{"a\"b\\c",NULL,"NULL",""}"#);
    }

    #[test]
    fn years_have_eras() {
        let date = |year| to_text(&NaiveDate::from_ymd_opt(year, 2, 3).unwrap().into()).unwrap();
        assert_eq!(date(1), "0001-02-03");
        assert_eq!(date(0), "0001-02-03 BC");
        assert_eq!(date(-43), "0044-02-03 BC");
        assert_eq!(date(12024), "12024-02-03");
    }
}
