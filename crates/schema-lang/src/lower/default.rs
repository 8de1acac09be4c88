//! What stands after `=`: a default, checked against the type of its column.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use orm_model::{
    ColumnType, Default, Enum, Expression, Literal, ScalarType, ValueKind, ValueType, registry::FunctionPlace,
};

use super::{
    Scope,
    expression::{self, Names, described, is_assignable},
    types::enum_of,
};
use crate::{
    diagnostics::rules::{bad_default, default_null, duplicate_json_key, json_number},
    item::{ExpressionItem, ExpressionKind},
};

/// A default to the model; `None` where a finding says why it fits no value of the column.
///
/// `column_type` is `None` where the type is not known: then nothing is said of the default. `takes_null` is whether it
/// may turn out NULL.
pub(crate) fn lower_default(
    scope: &mut Scope<'_>,
    column_type: Option<&ColumnType>,
    takes_null: bool,
    item: &ExpressionItem,
) -> Option<Default> {
    if let ExpressionKind::Call { function, arguments } = &item.kind
        && let [app, name] = function.as_slice()
        && &*app.text == "app"
    {
        if !arguments.is_empty() {
            scope.report(bad_default::app_arguments(scope.at(item.anchor), &name.text));
        }
        return Some(Default::App(name.text.to_string()));
    }
    // Of a type that is not known nothing can be said, and it has a finding of its own.
    let expression = fitting(scope, column_type?, takes_null, item)?;
    Some(Default::Expression(expression))
}

fn fitting(
    scope: &mut Scope<'_>,
    column_type: &ColumnType,
    takes_null: bool,
    item: &ExpressionItem,
) -> Option<Expression> {
    if column_type.array {
        let ExpressionKind::List(items) = &item.kind else {
            return computed(scope, column_type, takes_null, item);
        };
        let element = ColumnType::scalar(column_type.scalar.clone());
        let items: Vec<_> = items.iter().map(|it| fitting(scope, &element, false, it)).collect();
        return Some(Expression::List(items.into_iter().collect::<Option<_>>()?));
    }
    if let ScalarType::Enum(name) = &column_type.scalar
        && let Some(name) = item.as_name().map(|it| &it.text).zip(enum_of(scope, name))
    {
        let (value, declaration) = name;
        let definition = &super::enums::lower_enum(scope.db, scope.project, declaration).definition;
        return enum_value(scope, definition, value, item);
    }
    if matches!(column_type.scalar, ScalarType::Json | ScalarType::Jsonb)
        && let Some(json) = json(item)
    {
        duplicate_json_key::check(scope, item);
        json_number::check(scope, item);
        return Some(Expression::Literal(Literal::Json(json)));
    }
    match literal(&column_type.scalar, item) {
        Some(Ok(literal)) => Some(Expression::Literal(literal)),
        Some(Err(complaint)) => {
            scope.report(bad_default::report(scope.at(item.anchor), column_type, &complaint));
            None
        }
        None => computed(scope, column_type, takes_null, item),
    }
}

/// A default that the database computes: a function, an operator, raw SQL.
fn computed(
    scope: &mut Scope<'_>,
    column_type: &ColumnType,
    takes_null: bool,
    item: &ExpressionItem,
) -> Option<Expression> {
    if let ExpressionKind::Path(path) = &item.kind {
        let name: Vec<_> = path.iter().map(|it| &*it.text).collect();
        scope.report(bad_default::name(scope.at(item.anchor), column_type, &name.join(".")));
        return None;
    }
    let names = Names::table(&[], FunctionPlace::Default);
    let it = expression::lower(scope, names, item)?;
    let is_uuid_text = it.value.kind() == ValueKind::Uuid && holds_uuid(&column_type.scalar);
    if !is_assignable(&it.value, column_type) && !is_uuid_text {
        let complaint = format!("this is {}", described(&it.value));
        scope.report(bad_default::report(scope.at(item.anchor), column_type, &complaint));
        return None;
    }
    if it.expression == Expression::Literal(Literal::Null) {
        scope.report(bad_default::null(scope.at(item.anchor)));
        return None;
    }
    // Of raw SQL nothing is known.
    if it.nullable && !takes_null && it.value != ValueType::Unknown {
        let mut columns = scope.origin.declaration.item(scope.db).columns();
        let column = columns.find(|it| it.default.as_ref().is_some_and(|it| it.anchor == item.anchor));
        let written = column.and_then(|it| it.column_type.as_ref());
        scope.report(default_null::report(scope.at(item.anchor), written));
    }
    Some(it.expression)
}

/// Whether a text column can hold the 36 characters of a UUID.
pub(super) fn holds_uuid(scalar: &ScalarType) -> bool {
    match scalar {
        ScalarType::Text | ScalarType::Varchar(None) | ScalarType::Char(36) => true,
        ScalarType::Varchar(Some(length)) => *length >= 36,
        _ => false,
    }
}

fn enum_value(scope: &mut Scope<'_>, definition: &Enum, value: &str, item: &ExpressionItem) -> Option<Expression> {
    match definition.values.iter().find(|it| it.name == value) {
        Some(it) => Some(Expression::Literal(Literal::String(it.stored.clone()))),
        None => {
            scope.report(bad_default::enum_value(scope.at(item.anchor), definition, value));
            None
        }
    }
}

/// A constant of the type: `None` if `item` is no constant at all, `Err` if it is none of this type.
pub(super) fn literal(scalar: &ScalarType, item: &ExpressionItem) -> Option<Result<Literal, String>> {
    let fits = match &item.kind {
        ExpressionKind::Number(text) => number(scalar, text),
        ExpressionKind::String(text) => string(scalar, text),
        ExpressionKind::Boolean(value) => match scalar {
            ScalarType::Boolean | ScalarType::Native(_) => Ok(Literal::Boolean(*value)),
            _ => Err(format!("`{value}` is a truth value")),
        },
        _ => return None,
    };
    Some(fits)
}

fn number(scalar: &ScalarType, text: &str) -> Result<Literal, String> {
    let whole = text.parse::<i64>();
    let in_range = |low: i64, high: i64| match &whole {
        Ok(value) if (low..=high).contains(value) => Ok(Literal::Integer(*value)),
        Ok(_) => Err(format!("{text} is outside {low} to {high}")),
        Err(_) => Err(format!("{text} is no whole number of 64 bits")),
    };
    match scalar {
        ScalarType::Smallint => in_range(i64::from(i16::MIN), i64::from(i16::MAX)),
        ScalarType::Integer => in_range(i64::from(i32::MIN), i64::from(i32::MAX)),
        ScalarType::Bigint => in_range(i64::MIN, i64::MAX),
        ScalarType::Real | ScalarType::Double => match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Literal::Decimal(text.to_owned())),
            _ => Err(format!("{text} is too large")),
        },
        ScalarType::Numeric(size) => {
            let (precision, scale) = size.map_or((38, 9), |size| (size.precision, size.scale));
            decimal(text, precision, scale)
        }
        ScalarType::Native(_) => Ok(whole.map_or_else(|_| Literal::Decimal(text.to_owned()), Literal::Integer)),
        _ => Err(format!("{text} is a number")),
    }
}

fn decimal(text: &str, precision: u32, scale: u32) -> Result<Literal, String> {
    if text.contains(['e', 'E']) {
        return Err("an exact number has no exponent".to_owned());
    }
    let (before, after) = text.trim_start_matches('-').split_once('.').unwrap_or((text.trim_start_matches('-'), ""));
    let before = before.trim_start_matches('0').len() as u32;
    let after = after.trim_end_matches('0').len() as u32;
    if after > scale {
        return Err(format!("{text} has {after} digits after the point, {scale} are kept"));
    }
    if before > precision - scale {
        return Err(format!("{text} has {before} digits before the point, {} fit", precision - scale));
    }
    Ok(Literal::Decimal(text.to_owned()))
}

/// A text as a value of the type; the error says why it is none.
pub(crate) fn string(scalar: &ScalarType, text: &str) -> Result<Literal, String> {
    let literal = Ok(Literal::String(text.to_owned()));
    let length = text.chars().count();
    if text.contains('\0') {
        return Err("PostgreSQL stores no U+0000".to_owned());
    }
    match scalar {
        ScalarType::Varchar(Some(limit)) if length > *limit as usize => {
            Err(format!("it has {length} characters, {limit} fit"))
        }
        ScalarType::Char(limit) if length != *limit as usize => Err(format!("it has {length} characters, not {limit}")),
        ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_) | ScalarType::Native(_) => literal,
        ScalarType::Uuid if is_uuid(text) => Ok(Literal::String(text.to_lowercase())),
        ScalarType::Uuid => Err("it is no uuid: `00000000-0000-0000-0000-000000000000`".to_owned()),
        ScalarType::Date => match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Ok(date) if length == 10 => in_years(date).and(literal),
            _ => Err("it is no date: `2027-01-31`".to_owned()),
        },
        ScalarType::Timestamptz(_) => match DateTime::parse_from_rfc3339(text) {
            Ok(instant) => portable_instant(&instant, text).and(literal),
            Err(_) => Err("it is no instant with its offset: `2027-01-31T12:00:00Z`".to_owned()),
        },
        ScalarType::TimestampLocal(_) => match NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f") {
            Ok(local) => in_years(local.date()).and(in_nanoseconds(text)).and(literal),
            Err(_) => Err("it is no local time: `2027-01-31T12:00:00`".to_owned()),
        },
        ScalarType::Time(_) if NaiveTime::parse_from_str(text, "%H:%M:%S%.f").is_ok() => literal,
        ScalarType::Time(_) => Err("it is no time of day: `12:00:00`".to_owned()),
        ScalarType::Interval => literal,
        ScalarType::Enum(_) => Err("a value of an enum is written by its name, without quotes".to_owned()),
        ScalarType::Bytes(_) => Err("bytes have no literal; write `sql(postgres: …, spanner: …)`".to_owned()),
        _ => Err("it is a text".to_owned()),
    }
}

/// Spanner's calendar, which is the shorter one: the years 1 to 9999.
fn in_years(date: NaiveDate) -> Result<(), String> {
    let is_within = (1..=9999).contains(&date.year());
    if is_within { Ok(()) } else { Err("Spanner has the years 0001 to 9999".to_owned()) }
}

fn in_nanoseconds(text: &str) -> Result<(), String> {
    let fraction = text.split_once('.').map_or("", |(_, rest)| rest);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    if digits <= 9 { Ok(()) } else { Err(format!("Spanner keeps 9 digits of the second, not {digits}")) }
}

/// The instant counts in UTC, and Spanner takes offsets of up to 14 hours (PostgreSQL less than 16).
fn portable_instant(instant: &DateTime<FixedOffset>, text: &str) -> Result<(), String> {
    const LARGEST_OFFSET: i32 = 14 * 60 * 60;
    in_years(instant.naive_utc().date())?;
    in_nanoseconds(text)?;
    match instant.offset().local_minus_utc().abs() <= LARGEST_OFFSET {
        true => Ok(()),
        false => Err("Spanner takes offsets of up to 14 hours".to_owned()),
    }
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The JSON text that an expression writes, compact, keys in the order in which they stand; `None` if it writes
/// something else. Of a key that stands twice the last value holds, as in `jsonb`.
pub(crate) fn json(item: &ExpressionItem) -> Option<String> {
    Some(match &item.kind {
        ExpressionKind::Null => "null".to_owned(),
        ExpressionKind::Boolean(it) => it.to_string(),
        ExpressionKind::Number(text) => text.parse::<serde_json::Number>().ok()?.to_string(),
        ExpressionKind::String(text) => json_string(text),
        ExpressionKind::List(items) => {
            let items = items.iter().map(json).collect::<Option<Vec<_>>>()?;
            format!("[{}]", items.join(","))
        }
        ExpressionKind::Object(pairs) => {
            let mut fields: Vec<(String, String)> = Vec::new();
            for (key, value) in pairs {
                let (key, value) = (json_string(&key.text), json(value)?);
                match fields.iter_mut().find(|field| field.0 == key) {
                    Some(field) => field.1 = value,
                    None => fields.push((key, value)),
                }
            }
            let fields: Vec<_> = fields.into_iter().map(|(key, value)| format!("{key}:{value}")).collect();
            format!("{{{}}}", fields.join(","))
        }
        _ => return None,
    })
}

fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use orm_model::{Default, Expression, Literal, Targets};

    use crate::{Workspace, diagnostics::Severities};

    #[test]
    fn json_keeps_the_order_of_its_keys_and_the_last_of_twins() {
        let mut workspace = Workspace::new(Targets::default(), Severities::new());
        let default = r#"{ theme: "light", sizes: [1, 2.5, null], theme: "dark" }"#;
        workspace.open("a.orm", format!("table a {{\n  id  uuid  @primary_key\n  j   jsonb = {default}\n}}\n"));
        let schema = workspace.schema();
        let column = &schema.tables.values().next().expect("the table is there").columns[1];
        let text = r#"{"theme":"dark","sizes":[1,2.5,null]}"#;
        assert_eq!(column.default, Some(Default::Expression(Expression::Literal(Literal::Json(text.to_owned())))));
    }
}
