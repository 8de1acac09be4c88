//! Queries and mutations, after names were resolved: tables and columns carry physical names, relations are the
//! sub-queries that they stand for.
//!
//! Every source of a query has a name of its own in it, sub-queries included, and every [`Field`] says which source it is
//! of, and what it is there. So an expression is understood without looking around, and nothing is shadowed.
//!
//! - [`select`]: what is read.
//! - [`mutation`]: what is written.
//! - [`shape`]: what a row of the result is.

pub mod mutation;
mod rename;
pub mod select;
pub mod shape;

use serde::{Deserialize, Serialize};

pub use mutation::{Assignment, ConflictAction, Delete, EXCLUDED, Insert, InsertRows, OnConflict, Update};
pub use select::{
    CommonTable, Filter, Join, JoinKind, Lock, LockWait, NestedSelect, Output, OutputValue, Relation, Select,
    SetOperator, SortKey, Source,
};
pub use shape::{ResultColumn, ResultValue};

use crate::{ColumnType, Dialect, Expression, ObjectName, PerDialect};

/// A declared query or mutation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Query {
    /// The name in the `.orm` text.
    pub name: String,
    /// The text of its `///` comment.
    pub doc: Option<String>,
    /// `@deprecated("…")`: why it should not be used any more.
    pub deprecated: Option<String>,
    /// What a caller gives, in the order of declaration.
    pub parameters: Vec<QueryParameter>,
    /// How many rows a caller gets.
    pub cardinality: Cardinality,
    /// What it does.
    pub body: QueryBody,
    /// `@only(…)`: the one database that has it; all of them without it.
    pub only: Option<Dialect>,
}

/// What a caller gives to a query.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QueryParameter {
    /// The name, without the `$`.
    pub name: String,
    /// What it is.
    pub value: ParameterValue,
    /// Whether it may be absent: it is NULL then, and leaves out the `where?` that it stands in.
    pub nullable: bool,
    /// What it is where the caller says nothing. It holds nothing but literals.
    pub default: Option<Expression>,
}

/// What a parameter is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ParameterValue {
    /// A value of this type.
    Value(ColumnType),
    /// Rows of a table: `rows: users[]`.
    Rows(ObjectName),
}

/// How many rows a caller gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cardinality {
    /// Any number.
    Many,
    /// Exactly one; anything else is an error.
    One,
    /// One or none; more are an error.
    Optional,
    /// None: how many rows were changed.
    Exec,
}

/// What a query does.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum QueryBody {
    /// It reads.
    Select(Box<Select>),
    /// It adds rows.
    Insert(Box<Insert>),
    /// It changes rows.
    Update(Box<Update>),
    /// It takes rows away.
    Delete(Box<Delete>),
    /// Text for a database.
    Sql(RawQuery),
}

/// `= sql("…")` with names and parameters in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RawQuery {
    /// The pieces of the text in each dialect; `None`: the dialect has no text.
    pub text: PerDialect<Option<Vec<RawPiece>>>,
    /// What a row of the result is, as it was declared; empty where there is none.
    pub row: Vec<ResultColumn>,
}

/// A piece of the text of a raw query.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RawPiece {
    /// SQL as it is written.
    Text(String),
    /// `${users}`: the table's name as the database writes it.
    Table(ObjectName),
    /// `${users.email}`: the column's name as the database writes it.
    Column(String),
    /// `$name`
    Parameter(Parameter),
}

/// A column of a source of the query at hand.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Field {
    /// The [name of the source](Source::name).
    pub source: String,
    /// The physical name of the column; of a source that is a query, the name of the output.
    pub column: String,
    /// Its type.
    pub column_type: ColumnType,
    /// Whether it may be NULL here: an outer join makes every column of the other side so.
    pub nullable: bool,
}

/// A use of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name, without the `$`. What the client computes is called by [`of_app`](Self::of_app).
    pub name: String,
    /// Its type.
    pub column_type: ColumnType,
    /// Whether it may be NULL here: not in a `where?`, which an absent one leaves out.
    pub nullable: bool,
}

impl Parameter {
    /// A value that the client computes by `app.NAME()`, and not the caller: once for each row, hence the number.
    pub fn of_app(function: &str, row: usize, column_type: ColumnType, nullable: bool) -> Self {
        Parameter { name: format!("app.{function}.{row}"), column_type, nullable }
    }

    /// The name of the function, if the client computes the parameter with this name.
    pub fn app_function(name: &str) -> Option<&str> {
        name.strip_prefix("app.")?.rsplit_once('.').map(|(function, _)| function)
    }
}

/// What many rows are made one value by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AggregateFunction {
    /// `count()`: of rows; `count(x)`: of those where it is not NULL.
    Count,
    /// `sum(x)`
    Sum,
    /// `avg(x)`
    Avg,
    /// `min(x)`
    Min,
    /// `max(x)`
    Max,
}

impl AggregateFunction {
    /// Every one.
    pub const ALL: [AggregateFunction; 5] = [
        AggregateFunction::Count,
        AggregateFunction::Sum,
        AggregateFunction::Avg,
        AggregateFunction::Min,
        AggregateFunction::Max,
    ];

    /// Its name in the language.
    pub const fn name(self) -> &'static str {
        match self {
            AggregateFunction::Count => "count",
            AggregateFunction::Sum => "sum",
            AggregateFunction::Avg => "avg",
            AggregateFunction::Min => "min",
            AggregateFunction::Max => "max",
        }
    }
}

impl QueryBody {
    /// The expressions right in it, those of sub-queries not among them.
    pub fn expressions(&self) -> Vec<&Expression> {
        match self {
            QueryBody::Select(it) => it.expressions(),
            QueryBody::Insert(it) => it.expressions(),
            QueryBody::Update(it) => it.expressions(),
            QueryBody::Delete(it) => it.expressions(),
            QueryBody::Sql(_) => Vec::new(),
        }
    }

    /// Calls `visit` with every expression in it, those of sub-queries included.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        for it in self.expressions() {
            it.walk(visit);
        }
    }

    /// The query that reads, if it does nothing else.
    pub const fn outermost(&self) -> Option<&Select> {
        match self {
            QueryBody::Select(it) => Some(it),
            _ => None,
        }
    }

    /// Every query that reads in it, outermost first.
    pub fn selects(&self) -> Vec<NestedSelect<'_>> {
        let mut selects = Vec::new();
        let expressions = match self {
            QueryBody::Select(it) => {
                select::nested(it, false, &mut selects);
                Vec::new()
            }
            QueryBody::Insert(it) => {
                if let InsertRows::Query(query) = &it.rows {
                    select::nested(query, false, &mut selects);
                }
                it.own_expressions()
            }
            QueryBody::Update(_) | QueryBody::Delete(_) | QueryBody::Sql(_) => self.expressions(),
        };
        for it in expressions {
            select::nested_in(it, &mut selects);
        }
        selects
    }

    /// What a row of the result is; empty where it gives none.
    pub fn row(&self) -> Vec<ResultColumn> {
        let outputs = match self {
            QueryBody::Select(it) => &it.outputs,
            QueryBody::Insert(it) => &it.returning,
            QueryBody::Update(it) => &it.returning,
            QueryBody::Delete(it) => &it.returning,
            QueryBody::Sql(it) => return it.row.clone(),
        };
        outputs.iter().map(Output::result).collect()
    }
}
