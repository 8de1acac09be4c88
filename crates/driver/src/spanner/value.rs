//! Values to and from Spanner, which writes most of them as strings.
//!
//! Source: the comments of `TypeCode` in Google's `google/spanner/v1/type.proto`.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use google_cloud_spanner::types::{self, Type, TypeCode};
use google_cloud_spanner::value::{FromValue, Kind, Value as Wire};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::parameter::{Parameter, ParameterScalar};
use crate::value::Value;

/// A parameter's value with the type to send, or without one where Spanner should find out by itself.
pub(super) fn encode(value: &Value) -> Result<(Wire, Option<Type>)> {
    Ok(match value {
        Value::Null => (Wire::null(), None),
        Value::Bool(it) => (Wire::from(*it), Some(types::bool())),
        Value::Int64(it) => (Wire::from(*it), Some(types::int64())),
        // The column may be FLOAT32, which takes no FLOAT64.
        Value::Float64(it) => (Wire::from(*it), None),
        Value::String(it) => (Wire::from(it.clone()), Some(types::string())),
        Value::Bytes(it) => (Wire::from(it.clone()), Some(types::bytes())),
        Value::Numeric(it) => (Wire::from(it.clone()), Some(types::numeric())),
        Value::Timestamp(it) => (Wire::from(timestamp_text(it)), Some(types::timestamp())),
        Value::Date(it) => (Wire::from(it.to_string()), Some(types::date())),
        Value::Json(it) => (Wire::from(it.clone()), Some(types::json())),
        // The column may be UUID or STRING(36).
        Value::Uuid(it) => (Wire::from(it.to_string()), None),
        Value::Array(elements) => encode_array(elements)?,
        Value::TimestampLocal(_) | Value::Time(_) => {
            return Err(Error::conversion(format!("Spanner has no type for a {}", value.kind())));
        }
    })
}

/// A parameter's value as the type that the caller says.
pub(super) fn encode_as(parameter: &Parameter) -> Result<(Wire, Type)> {
    let scalar = match parameter.sent.scalar {
        ParameterScalar::Bool => types::bool(),
        ParameterScalar::Int64 => types::int64(),
        ParameterScalar::Float32 => types::float32(),
        ParameterScalar::Float64 => types::float64(),
        ParameterScalar::Numeric => types::numeric(),
        ParameterScalar::String => types::string(),
        ParameterScalar::Bytes => types::bytes(),
        ParameterScalar::Date => types::date(),
        ParameterScalar::Timestamp => types::timestamp(),
        ParameterScalar::Json => types::json(),
        ParameterScalar::Uuid => types::uuid(),
    };
    let sent = if parameter.sent.array { types::array(scalar) } else { scalar };
    Ok((encode(&parameter.value)?.0, sent))
}

/// RFC 3339 in UTC with as many places as there are: Spanner keeps nanoseconds.
fn timestamp_text(timestamp: &DateTime<Utc>) -> String {
    timestamp.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// The element that is not NULL tells the type of all.
fn encode_array(elements: &[Value]) -> Result<(Wire, Option<Type>)> {
    let encoded = elements.iter().map(encode).collect::<Result<Vec<_>>>()?;
    let ty = encoded.iter().find_map(|(_, ty)| ty.clone()).map(types::array);
    let values: Vec<Wire> = encoded.into_iter().map(|(value, _)| value).collect();
    Ok((Wire::from(values), ty))
}

/// A column's value by its type.
pub(super) fn decode(value: &Wire, ty: &Type) -> Result<Value> {
    if value.is_null() {
        return Ok(Value::Null);
    }
    match ty.code() {
        TypeCode::Bool => read::<bool>(value, ty).map(Value::Bool),
        TypeCode::Int64 => read::<i64>(value, ty).map(Value::Int64),
        TypeCode::Float64 => read::<f64>(value, ty).map(Value::Float64),
        TypeCode::Float32 => read::<f32>(value, ty).map(|it| Value::Float64(it.into())),
        TypeCode::Bytes => read::<Vec<u8>>(value, ty).map(Value::Bytes),
        TypeCode::String => text(value, ty).map(Value::String),
        TypeCode::Numeric => text(value, ty).map(Value::Numeric),
        TypeCode::Json => text(value, ty).map(Value::Json),
        TypeCode::Timestamp => {
            parse(value, ty, |it| DateTime::parse_from_rfc3339(it).map(|it| Value::Timestamp(it.to_utc())))
        }
        TypeCode::Date => parse(value, ty, |it| it.parse::<NaiveDate>().map(Value::Date)),
        TypeCode::Uuid => parse(value, ty, |it| it.parse::<Uuid>().map(Value::Uuid)),
        TypeCode::Array => decode_array(value, ty),
        other => Err(Error::conversion(format!("type {other:?} has no counterpart, cast it to STRING"))),
    }
}

fn decode_array(value: &Wire, ty: &Type) -> Result<Value> {
    let (Some(list), Some(element)) = (value.as_list(), ty.array_element_type()) else {
        return Err(misread(value, ty, &"it is no list"));
    };
    let elements = list.iter().map(|it| decode(it, element)).collect::<Result<_>>()?;
    Ok(Value::Array(elements))
}

fn read<T: FromValue>(value: &Wire, ty: &Type) -> Result<T> {
    T::from_value(value, ty).map_err(|cause| misread(value, ty, &cause))
}

fn text(value: &Wire, ty: &Type) -> Result<String> {
    let text = value.as_str().ok_or_else(|| misread(value, ty, &"it is no text"))?;
    Ok(text.to_owned())
}

fn parse<E: std::fmt::Display>(
    value: &Wire,
    ty: &Type,
    parse: impl Fn(&str) -> std::result::Result<Value, E>,
) -> Result<Value> {
    let text = text(value, ty)?;
    parse(&text).map_err(|cause| misread(value, ty, &cause))
}

fn misread(value: &Wire, ty: &Type, cause: &dyn std::fmt::Display) -> Error {
    let (code, kind): (_, Kind) = (ty.code(), value.kind());
    Error::conversion(format!("a value of type {code:?} came as {kind:?}: {cause}"))
}
