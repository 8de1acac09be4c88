//! What a database answers, row by row, errors too.

use std::future::Future;
use std::pin::Pin;

use orm_driver::{Connection, ErrorKind, Value};

/// The answer for one row.
#[derive(Clone)]
pub(super) enum Answer {
    Value(Value),
    /// What the database complains of.
    Error(String),
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Answer::Value(value) => write!(f, "{value:?}"),
            Answer::Error(error) => write!(f, "error {:.90}", error.replace('\n', " ")),
        }
    }
}

impl Answer {
    /// The value, unless it is NULL or an error.
    pub(super) fn value(&self) -> Option<&Value> {
        self.value_or_null().filter(|it| !it.is_null())
    }

    /// The value, unless it is an error.
    pub(super) fn value_or_null(&self) -> Option<&Value> {
        match self {
            Answer::Value(value) => Some(value),
            Answer::Error(_) => None,
        }
    }
}

/// The value of an expression in each of the first rows of `v`.
pub(super) async fn answers(connection: &mut (dyn Connection + 'static), expression: &str, rows: usize) -> Vec<Answer> {
    let mut answers = Vec::new();
    part(connection, expression, 0, rows, &mut answers).await;
    answers
}

type Work<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// Halves what fails, until the rows that make it fail are found.
fn part<'a>(
    connection: &'a mut (dyn Connection + 'static),
    expression: &'a str,
    first: usize,
    end: usize,
    answers: &'a mut Vec<Answer>,
) -> Work<'a> {
    Box::pin(async move {
        let sql = format!("SELECT id, {expression} AS x FROM v WHERE id >= {first} AND id < {end} ORDER BY id");
        match connection.query(&sql, &[]).await {
            Ok(rows) => answers.extend(rows.iter().map(|row| Answer::Value(row.at(1).unwrap().clone()))),
            Err(error) if error.kind() == ErrorKind::Unreachable => panic!("{error}: {sql}"),
            Err(error) if end - first == 1 => answers.push(Answer::Error(error.to_string())),
            Err(error) if is_of_statement(&error.to_string()) => {
                answers.extend(vec![Answer::Error(error.to_string()); end - first]);
            }
            Err(_) => {
                let middle = first.midpoint(end);
                part(connection, expression, first, middle, answers).await;
                part(connection, expression, middle, end, answers).await;
            }
        }
    })
}

/// Whether the statement cannot run at all, so that no row of it can.
fn is_of_statement(error: &str) -> bool {
    ["does not exist", "not found", "No matching signature", "yntax error", "nrecognized", "not supported"]
        .iter()
        .any(|it| error.contains(it))
}

/// Whether two answers mean the same; an error is an error, whatever it says.
pub(super) fn same(one: &Answer, other: &Answer) -> bool {
    match (one, other) {
        (Answer::Value(one), Answer::Value(other)) => same_value(one, other),
        (Answer::Error(_), Answer::Error(_)) => true,
        _ => false,
    }
}

fn same_value(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Float64(one), Value::Float64(other)) => one == other || (one.is_nan() && other.is_nan()),
        (Value::Numeric(one), Value::Numeric(other)) => plain(one) == plain(other),
        (Value::Json(one), Value::Json(other)) => json(one) == json(other),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_value(one, other))
        }
        _ => one == other,
    }
}

/// A decimal number without zeros that say nothing.
fn plain(number: &str) -> String {
    let text = if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// JSON in which 1 and 1.0 are one number.
fn json(text: &str) -> String {
    fn numbers(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Number(number) => {
                if let Some(whole) = number.as_f64().filter(|it| it.fract() == 0.0 && it.abs() < 9e15) {
                    *value = serde_json::Value::from(whole as i64);
                }
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(numbers),
            serde_json::Value::Object(fields) => fields.values_mut().for_each(numbers),
            _ => {}
        }
    }
    let mut value: serde_json::Value = serde_json::from_str(text).unwrap();
    numbers(&mut value);
    value.to_string()
}
