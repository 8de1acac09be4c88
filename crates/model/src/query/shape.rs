//! What a row of a result is.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Output, OutputValue, Select};
use crate::{ColumnType, typing};

/// A column of a result.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResultColumn {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub value: ResultValue,
    /// Whether it may be NULL.
    pub nullable: bool,
}

/// What a column of a result holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ResultValue {
    /// A value; `None`: of a type that only the database knows.
    Value(Option<ColumnType>),
    /// A row.
    Row(Vec<ResultColumn>),
    /// Rows.
    Rows(Vec<ResultColumn>),
}

impl fmt::Display for ResultColumn {
    /// `name text?`, `posts [title text]`, `author {name text}?`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |columns: &[ResultColumn]| columns.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let mark = if self.nullable { "?" } else { "" };
        match &self.value {
            ResultValue::Value(Some(it)) => write!(f, "{} {it}{mark}", self.name),
            ResultValue::Value(None) => write!(f, "{} unknown{mark}", self.name),
            ResultValue::Row(columns) => write!(f, "{} {{{}}}{mark}", self.name, listed(columns)),
            ResultValue::Rows(columns) => write!(f, "{} [{}]", self.name, listed(columns)),
        }
    }
}

impl Output {
    /// What the column holds.
    pub fn result(&self) -> ResultColumn {
        let (value, nullable) = match &self.value {
            OutputValue::Expression(it) => {
                let typing = typing::infer(it, &|_| None);
                (ResultValue::Value(typing.value.settled().known().cloned()), typing.nullable)
            }
            OutputValue::Row { query, nullable } => (ResultValue::Row(query.row()), *nullable),
            OutputValue::Rows(query) => (ResultValue::Rows(query.row()), false),
        };
        ResultColumn { name: self.name.clone(), value, nullable }
    }
}

impl Select {
    /// What a row of the result is.
    pub fn row(&self) -> Vec<ResultColumn> {
        self.outputs.iter().map(Output::result).collect()
    }
}
