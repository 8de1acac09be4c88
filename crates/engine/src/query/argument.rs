//! What a caller gives to a query, read by the declared types.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, NaiveDateTime, Timelike, Utc};
use orm_driver::Value;
use orm_model::{
    Column, ColumnType, Expression, Literal, ObjectName, ScalarType, Schema, UnaryOperator,
    query::{ParameterValue, Query, QueryParameter},
};
use serde_json::Value as Json;

use super::Given;

/// A value that is not read yet.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// As a person writes it: a text without quotes, anything else as JSON has it.
    Text(String),
    /// As JSON.
    Json(Json),
}

/// What a caller gives, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Arguments {
    /// The value of each parameter that is present.
    pub values: BTreeMap<String, Value>,
    /// The rows of each parameter that stands for rows: values by the physical names of columns.
    pub rows: BTreeMap<String, Vec<BTreeMap<String, Value>>>,
}

/// What is wrong with what a caller gives.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArgumentError {
    /// The query has no such parameter.
    #[error("`{query}` has no parameter `{name}`")]
    Unknown {
        /// The query.
        query: String,
        /// What was given.
        name: String,
        /// The parameters that it has.
        known: Vec<String>,
    },
    /// A parameter has no value, no default, and may not be absent.
    #[error("`{query}` needs `{name}`, {expected}")]
    Missing {
        /// The query.
        query: String,
        /// The parameter.
        name: String,
        /// Its type.
        expected: String,
    },
    /// A row has something that the table has not.
    #[error("`{name}` has `{column}`, which is no column of `{table}` that can be written")]
    NoColumn {
        /// The row: `rows[0]`.
        name: String,
        /// What it has.
        column: String,
        /// The table.
        table: String,
    },
    /// A value is not of the type.
    #[error("`{name}` is {expected}, which `{given}` is not: {hint}")]
    Wrong {
        /// The parameter, or a column of a row of it: `rows[0].email`.
        name: String,
        /// Its type.
        expected: String,
        /// What was given.
        given: String,
        /// How a value of it is written.
        hint: String,
    },
}

/// Reads what a caller gives to `query`.
pub fn read(query: &Query, schema: &Schema, given: &BTreeMap<String, Argument>) -> Result<Arguments, ArgumentError> {
    let is_known = |name: &String| query.parameters.iter().any(|it| it.name == *name);
    if let Some(name) = given.keys().find(|it| !is_known(it)) {
        let known = query.parameters.iter().map(|it| it.name.clone()).collect();
        return Err(ArgumentError::Unknown { query: query.name.clone(), name: name.clone(), known });
    }
    let mut arguments = Arguments::default();
    for parameter in &query.parameters {
        let given = given.get(&parameter.name);
        match &parameter.value {
            ParameterValue::Value(column_type) => {
                if let Some(value) = value(query, parameter, column_type, schema, given)? {
                    arguments.values.insert(parameter.name.clone(), value);
                }
            }
            ParameterValue::Rows(table) => {
                let given = given.ok_or_else(|| missing(query, parameter, format!("rows of `{table}`")))?;
                arguments.rows.insert(parameter.name.clone(), rows(&parameter.name, table, schema, given)?);
            }
        }
    }
    Ok(arguments)
}

impl Arguments {
    /// Which of them are present.
    pub fn given(&self, query: &Query, schema: &Schema) -> Given {
        let mut given = Given::default();
        for parameter in &query.parameters {
            match &parameter.value {
                ParameterValue::Value(_) if !self.values.contains_key(&parameter.name) => {
                    given.absent.insert(parameter.name.clone());
                }
                ParameterValue::Value(_) => {}
                ParameterValue::Rows(table) => {
                    let columns: Vec<_> =
                        schema.tables.get(table).map(|it| it.columns.as_slice()).unwrap_or_default().iter().collect();
                    let missing = |row: &BTreeMap<String, Value>| -> BTreeSet<String> {
                        let missing = columns.iter().filter(|it| !row.contains_key(&it.name));
                        missing.map(|it| it.name.clone()).collect()
                    };
                    let rows = self.rows.get(&parameter.name).map(|rows| rows.iter().map(missing).collect());
                    given.rows.insert(parameter.name.clone(), rows.unwrap_or_default());
                }
            }
        }
        given
    }
}

fn missing(query: &Query, parameter: &QueryParameter, expected: String) -> ArgumentError {
    ArgumentError::Missing { query: query.name.clone(), name: parameter.name.clone(), expected }
}

/// The value of a parameter; `None` where it is absent, and may be.
fn value(
    query: &Query,
    parameter: &QueryParameter,
    column_type: &ColumnType,
    schema: &Schema,
    given: Option<&Argument>,
) -> Result<Option<Value>, ArgumentError> {
    let is_absent = matches!(given, None | Some(Argument::Json(Json::Null)));
    match (given, &parameter.default) {
        (Some(given), _) if !is_absent => Reader { name: &parameter.name, column_type, schema }.read(given).map(Some),
        (None, Some(default)) => Ok(literal(default, column_type, schema)),
        _ if parameter.nullable => Ok(None),
        _ => Err(missing(query, parameter, described(column_type, schema))),
    }
}

fn rows(
    name: &str,
    table: &ObjectName,
    schema: &Schema,
    given: &Argument,
) -> Result<Vec<BTreeMap<String, Value>>, ArgumentError> {
    let parsed = match given {
        Argument::Json(json) => Some(json.clone()),
        Argument::Text(text) => serde_json::from_str(text).ok(),
    };
    let wrong = |name: String, given: String, hint: &str| ArgumentError::Wrong {
        name,
        expected: format!("rows of `{table}`"),
        given,
        hint: hint.to_owned(),
    };
    let Some(Json::Array(items)) = parsed else {
        return Err(wrong(name.to_owned(), shown(given), "write a JSON array of objects"));
    };
    let columns = schema.tables.get(table).map(|it| it.columns.as_slice()).unwrap_or_default();
    let row = |(index, item): (usize, &Json)| {
        let place = format!("{name}[{index}]");
        let Json::Object(fields) = item else {
            return Err(wrong(place, item.to_string(), "write an object of names and values"));
        };
        let mut row = BTreeMap::new();
        for (key, value) in fields {
            let column = columns.iter().find(|it| it.name == *key || it.declared_name.as_ref() == Some(key));
            let Some(column) = column.filter(|it| it.generated.is_none()) else {
                return Err(ArgumentError::NoColumn { name: place, column: key.clone(), table: table.to_string() });
            };
            let place = format!("{place}.{key}");
            let reader = Reader { name: &place, column_type: &column.column_type, schema };
            let read = if value.is_null() { Value::Null } else { reader.read(&Argument::Json(value.clone()))? };
            row.insert(column.name.clone(), read);
        }
        for column in columns {
            if let Some(value) = computed(column).filter(|_| !row.contains_key(&column.name)) {
                row.insert(column.name.clone(), value);
            }
        }
        Ok(row)
    };
    items.iter().enumerate().map(row).collect()
}

/// What `app.NAME()` is, for the names that need no application.
fn computed(column: &Column) -> Option<Value> {
    match &column.default {
        Some(orm_model::Default::App(name)) => app_value(name),
        _ => None,
    }
}

/// The value of `app.NAME()`; `None` of a function that only an application has.
pub(super) fn app_value(name: &str) -> Option<Value> {
    Some(match name {
        "uuid_v4" => Value::Uuid(uuid::Uuid::new_v4()),
        "uuid_v7" => Value::Uuid(uuid::Uuid::now_v7()),
        "now" => {
            let now = Utc::now();
            let micros = now.nanosecond() / 1_000 * 1_000;
            Value::Timestamp(now.with_nanosecond(micros).unwrap_or(now))
        }
        _ => return None,
    })
}

fn described(column_type: &ColumnType, schema: &Schema) -> String {
    let enumeration = match &column_type.scalar {
        ScalarType::Enum(name) => schema.enums.get(name),
        _ => None,
    };
    match enumeration {
        Some(it) => {
            let values: Vec<_> = it.values.iter().map(|it| it.name.as_str()).collect();
            format!("{column_type} ({})", values.join(", "))
        }
        None => column_type.to_string(),
    }
}

/// The value of a default, which is a literal.
pub(super) fn literal(expression: &Expression, column_type: &ColumnType, schema: &Schema) -> Option<Value> {
    let json = literal_json(expression)?;
    Reader { name: "", column_type, schema }.read(&Argument::Json(json)).ok()
}

fn literal_json(expression: &Expression) -> Option<Json> {
    Some(match expression {
        Expression::Literal(Literal::Null) => return None,
        Expression::Literal(Literal::Boolean(it)) => (*it).into(),
        Expression::Literal(Literal::Integer(it)) => (*it).into(),
        Expression::Literal(Literal::Decimal(it) | Literal::String(it)) => it.clone().into(),
        Expression::Literal(Literal::Json(it)) => serde_json::from_str(it).ok()?,
        Expression::Unary { operator: UnaryOperator::Negate, operand } => match literal_json(operand)? {
            Json::String(text) => format!("-{text}").into(),
            Json::Number(number) => number.as_i64()?.checked_neg()?.into(),
            _ => return None,
        },
        Expression::List(items) => Json::Array(items.iter().map(literal_json).collect::<Option<_>>()?),
        Expression::Cast { operand, .. } => literal_json(operand)?,
        _ => return None,
    })
}

/// Reads one value.
struct Reader<'a> {
    name: &'a str,
    column_type: &'a ColumnType,
    schema: &'a Schema,
}

impl Reader<'_> {
    fn read(&self, given: &Argument) -> Result<Value, ArgumentError> {
        let wrong = || ArgumentError::Wrong {
            name: self.name.to_owned(),
            expected: described(self.column_type, self.schema),
            given: shown(given),
            hint: self.hint(),
        };
        let value = match (given, self.column_type.array) {
            (Argument::Text(text), false) => self.text(text),
            (Argument::Json(json), false) => self.json(json),
            (Argument::Text(text), true) => serde_json::from_str(text).ok().and_then(|json| self.array(&json)),
            (Argument::Json(json), true) => self.array(json),
        };
        value.ok_or_else(wrong)
    }

    fn array(&self, json: &Json) -> Option<Value> {
        let items = json.as_array()?.iter().map(|it| self.json(it));
        items.collect::<Option<_>>().map(Value::Array)
    }

    fn json(&self, json: &Json) -> Option<Value> {
        match (&self.column_type.scalar, json) {
            (ScalarType::Json | ScalarType::Jsonb, json) => storable(json).then(|| Value::Json(json.to_string())),
            (scalar, Json::String(text)) if !is_plain(scalar) => self.text(text),
            (ScalarType::Boolean, Json::Bool(it)) => Some(Value::Bool(*it)),
            (scalar, Json::Number(number)) if is_number(scalar) => self.text(&number.to_string()),
            _ => None,
        }
    }

    fn text(&self, text: &str) -> Option<Value> {
        Some(match &self.column_type.scalar {
            ScalarType::Boolean => Value::Bool(text.parse().ok()?),
            ScalarType::Smallint => i64::from(text.parse::<i16>().ok()?).into(),
            ScalarType::Integer => i64::from(text.parse::<i32>().ok()?).into(),
            ScalarType::Bigint => text.parse::<i64>().ok()?.into(),
            ScalarType::Real => f64::from(text.parse::<f32>().ok()?).into(),
            ScalarType::Double => text.parse::<f64>().ok()?.into(),
            ScalarType::Numeric(_) => Value::Numeric(numeric(text)?),
            ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_) => plain_text(text)?,
            ScalarType::Enum(name) => self.enum_value(name, text)?,
            ScalarType::Bytes(_) => BASE64_STANDARD.decode(text).ok()?.into(),
            ScalarType::Uuid => Value::Uuid(text.parse().ok()?),
            ScalarType::Date => Value::Date(text.parse().ok()?),
            ScalarType::Timestamptz(_) => {
                let it = DateTime::parse_from_rfc3339(text).ok()?.to_utc();
                Value::Timestamp(Some(it).filter(|it| it.nanosecond() % 1_000 == 0)?)
            }
            ScalarType::TimestampLocal(_) => {
                let it: NaiveDateTime = text.replace(' ', "T").parse().ok()?;
                Value::TimestampLocal(Some(it).filter(|it| it.nanosecond() % 1_000 == 0)?)
            }
            ScalarType::Time(_) => Value::Time(text.parse().ok()?),
            ScalarType::Json | ScalarType::Jsonb => self.json(&serde_json::from_str(text).ok()?)?,
            ScalarType::Interval | ScalarType::Native(_) => plain_text(text)?,
        })
    }

    /// By its name or by the text that stores it.
    fn enum_value(&self, name: &str, text: &str) -> Option<Value> {
        let values = &self.schema.enums.get(name)?.values;
        let value = values.iter().find(|it| it.name == text).or_else(|| values.iter().find(|it| it.stored == text))?;
        Some(value.stored.as_str().into())
    }

    /// How a value is written.
    fn hint(&self) -> String {
        if self.column_type.array {
            return "write a JSON array of such values".to_owned();
        }
        match &self.column_type.scalar {
            ScalarType::Boolean => "write true or false",
            ScalarType::Smallint => "write a whole number from -32768 to 32767",
            ScalarType::Integer => "write a whole number from -2147483648 to 2147483647",
            ScalarType::Bigint => "write a whole number of at most 64 bits",
            ScalarType::Real | ScalarType::Double => "write a number, NaN, Infinity or -Infinity",
            ScalarType::Numeric(_) => "write a number with at most 29 digits before the point and 9 after it",
            ScalarType::Bytes(_) => "write them in Base64",
            ScalarType::Uuid => "write it as 123e4567-e89b-12d3-a456-426614174000",
            ScalarType::Date => "write it as 2024-01-31",
            ScalarType::Timestamptz(_) => "write it as 2024-01-31T12:00:00Z, with 6 digits of a second at most",
            ScalarType::TimestampLocal(_) => "write it as 2024-01-31T12:00:00, with 6 digits of a second at most",
            ScalarType::Time(_) => "write it as 12:00:00",
            ScalarType::Enum(_) => "write one of its values",
            ScalarType::Json | ScalarType::Jsonb => "write JSON, without U+0000",
            ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_) => "write a text without U+0000",
            ScalarType::Interval | ScalarType::Native(_) => "write it as the database does",
        }
        .to_owned()
    }
}

/// Whether JSON has a word of its own for values of the type, so that a string is none.
fn is_plain(scalar: &ScalarType) -> bool {
    matches!(scalar, ScalarType::Boolean)
}

fn is_number(scalar: &ScalarType) -> bool {
    use ScalarType::{Bigint, Double, Integer, Numeric, Real, Smallint};
    matches!(scalar, Smallint | Integer | Bigint | Real | Double | Numeric(_))
}

/// Every text but one that PostgreSQL cannot keep.
fn plain_text(text: &str) -> Option<Value> {
    (!text.contains('\0')).then(|| text.into())
}

fn storable(json: &Json) -> bool {
    match json {
        Json::String(text) => !text.contains('\0'),
        Json::Array(items) => items.iter().all(storable),
        Json::Object(fields) => fields.iter().all(|(name, it)| !name.contains('\0') && storable(it)),
        _ => true,
    }
}

/// A decimal number that both databases keep exactly: Spanner has 29 digits before the point and 9 after it.
fn numeric(text: &str) -> Option<String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let fits = !whole.is_empty() && whole.trim_start_matches('0').len() <= 29;
    let fits = fits && fraction.trim_end_matches('0').len() <= 9 && is_digits(whole) && is_digits(fraction);
    (fits && !text.ends_with('.')).then(|| text.to_owned())
}

/// What was given, cut to what a message shows.
fn shown(given: &Argument) -> String {
    let text = match given {
        Argument::Text(text) => text.clone(),
        Argument::Json(json) => json.to_string(),
    };
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use orm_model::query::{Cardinality, QueryBody};

    use super::*;

    fn query(parameters: Vec<QueryParameter>) -> Query {
        Query {
            name: "find".to_owned(),
            doc: None,
            deprecated: None,
            parameters,
            cardinality: Cardinality::Many,
            body: QueryBody::Select(Box::default()),
            only: None,
        }
    }

    fn parameter(name: &str, column_type: ColumnType) -> QueryParameter {
        let value = ParameterValue::Value(column_type);
        QueryParameter { name: name.to_owned(), value, nullable: false, default: None }
    }

    fn one(scalar: ScalarType, text: &str) -> Result<Value, String> {
        let given = [("x".to_owned(), Argument::Text(text.to_owned()))].into();
        let read = read(&query(vec![parameter("x", scalar.into())]), &Schema::default(), &given);
        read.map(|it| it.values["x"].clone()).map_err(|error| error.to_string())
    }

    #[test]
    fn values_are_read_by_their_types() {
        assert_eq!(one(ScalarType::Smallint, "-3"), Ok(Value::Int64(-3)));
        assert_eq!(one(ScalarType::Double, "-Infinity"), Ok(Value::Float64(f64::NEG_INFINITY)));
        assert_eq!(one(ScalarType::Numeric(None), "1.50"), Ok(Value::Numeric("1.50".to_owned())));
        assert_eq!(one(ScalarType::Bytes(None), "YWJj"), Ok(Value::Bytes(b"abc".to_vec())));
        assert_eq!(one(ScalarType::Text, "12"), Ok("12".into()));
        assert_eq!(one(ScalarType::Jsonb, "{\"a\":1}"), Ok(Value::Json("{\"a\":1}".to_owned())));
    }

    #[test]
    fn what_is_wrong_says_how_it_is_written() {
        let error = one(ScalarType::Timestamptz(None), "yesterday").unwrap_err();
        let hint = "write it as 2024-01-31T12:00:00Z, with 6 digits of a second at most";
        assert_eq!(error, format!("`x` is timestamptz, which `yesterday` is not: {hint}"));
        assert!(one(ScalarType::Smallint, "40000").is_err() && one(ScalarType::Boolean, "yes").is_err());
        assert!(one(ScalarType::Numeric(None), "0.0000000001").is_err());
        assert!(one(ScalarType::Text, "a\0b").is_err());
    }

    #[test]
    fn defaults_and_absence() {
        let mut limit = parameter("max", ScalarType::Integer.into());
        limit.default = Some(Expression::Literal(Literal::Integer(10)));
        let mut state = parameter("state", ScalarType::Text.into());
        state.nullable = true;
        let query = query(vec![limit, state]);
        let arguments = read(&query, &Schema::default(), &BTreeMap::new()).unwrap();
        assert_eq!(arguments.values, [("max".to_owned(), Value::Int64(10))].into());
        assert_eq!(arguments.given(&query, &Schema::default()).absent, ["state".to_owned()].into());
    }

    #[test]
    fn a_name_that_is_none_and_one_that_is_missing() {
        let query = query(vec![parameter("x", ScalarType::Uuid.into())]);
        let given = [("y".to_owned(), Argument::Text(String::new()))].into();
        let error = read(&query, &Schema::default(), &given).unwrap_err();
        assert_eq!(error.to_string(), "`find` has no parameter `y`");
        let error = read(&query, &Schema::default(), &BTreeMap::new()).unwrap_err();
        assert_eq!(error.to_string(), "`find` needs `x`, uuid");
    }
}
