//! Running a query.

use orm_driver::{Access, Connection, Parameter, ParameterScalar, ParameterType, TypedStatement, Value};
use orm_model::{
    ColumnType, Schema, Targets,
    query::{Cardinality, ParameterValue, Query},
};

use super::{
    Bound, RenderError, Slot,
    argument::Arguments,
    decode::{self, DecodeError, Record},
    render,
};
use crate::dialect::{self, SqlDialect, expression::storage};

/// What a query gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// Its rows.
    pub rows: Vec<Record>,
    /// How many rows it changed; 0 of one that reads.
    pub changed: u64,
}

/// Why a query gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The database has no SQL for it.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// A value that the database cannot be sent.
    #[error("{dialect} cannot be sent `{name}`: {reason}")]
    Parameter {
        /// The parameter.
        name: String,
        /// The database.
        dialect: &'static str,
        /// Why.
        reason: String,
    },
    /// The database refused it.
    #[error(transparent)]
    Database(#[from] orm_driver::Error),
    /// A row is not what the query declares.
    #[error("a row of `{query}` cannot be read: {source}")]
    Decode {
        /// The query.
        query: String,
        /// What is wrong.
        source: DecodeError,
    },
    /// It gave more or fewer rows than it declares. What a mutation has changed stays changed.
    #[error("`{query}` gives {expected}, and found {found}")]
    Cardinality {
        /// The query.
        query: String,
        /// What it declares.
        expected: &'static str,
        /// How many there are.
        found: usize,
    },
}

/// Runs a query with the values that a caller gives: in one round trip where it is one statement, otherwise in one
/// transaction.
pub async fn run(
    connection: &mut dyn Connection,
    query: &Query,
    schema: &Schema,
    targets: &Targets,
    arguments: &Arguments,
) -> Result<Answer, RunError> {
    let dialect = dialect::of(connection.dialect());
    let rendered = render(query, schema, targets, dialect.dialect())?;
    let binder = Binder { query, schema, targets, arguments, dialect };
    let bound = rendered.bind(dialect, &arguments.given(query, schema));
    let statements = bound.iter().map(|it| binder.statement(it)).collect::<Result<Vec<_>, _>>()?;
    let access = if rendered.writes { Access::Write } else { Access::Read };
    let columns = query.body.row();
    let mut answer = Answer::default();
    for outcome in connection.run_statements(&statements, access).await? {
        answer.changed += outcome.changed;
        for row in &outcome.rows {
            let record = decode::decode(&columns, row);
            answer.rows.push(record.map_err(|source| RunError::Decode { query: query.name.clone(), source })?);
        }
    }
    check(query, &answer)?;
    Ok(answer)
}

/// Whether there are as many rows as the query declares.
fn check(query: &Query, answer: &Answer) -> Result<(), RunError> {
    let found = answer.rows.len();
    let expected = match query.cardinality {
        Cardinality::One if found != 1 => "one row",
        Cardinality::Optional if found > 1 => "one row at most",
        _ => return Ok(()),
    };
    Err(RunError::Cardinality { query: query.name.clone(), expected, found })
}

struct Binder<'a> {
    query: &'a Query,
    schema: &'a Schema,
    targets: &'a Targets,
    arguments: &'a Arguments,
    dialect: &'static dyn SqlDialect,
}

impl Binder<'_> {
    fn statement(&self, bound: &Bound) -> Result<TypedStatement, RunError> {
        let parameters = bound.parameters.iter().map(|it| self.parameter(it)).collect::<Result<_, _>>()?;
        Ok(TypedStatement { sql: bound.sql.clone(), parameters, gives_rows: bound.gives_rows })
    }

    fn parameter(&self, slot: &Slot) -> Result<Parameter, RunError> {
        let (name, column_type, value) = match slot {
            Slot::Parameter(name) => (name.clone(), self.declared(name), self.arguments.values.get(name).cloned()),
            Slot::Cell { parameter, row, column } => {
                let rows = self.arguments.rows.get(parameter);
                let value = rows.and_then(|it| it.get(*row)).and_then(|it| it.get(column)).cloned();
                (format!("{parameter}[{row}].{column}"), self.column(parameter, column), value)
            }
        };
        let refused = |reason: &str| RunError::Parameter {
            name: name.clone(),
            dialect: self.dialect.dialect().title(),
            reason: reason.to_owned(),
        };
        let column_type = column_type.ok_or_else(|| refused("the query does not declare it"))?;
        let scalar = storage(self.schema, &column_type.scalar).clone();
        let stored = ColumnType { scalar, array: column_type.array };
        let sent = self.dialect.sent_type(&stored, self.targets).ok_or_else(|| refused("it has no such type"))?;
        Ok(Parameter { value: as_sent(value.unwrap_or(Value::Null), sent), sent })
    }

    fn declared(&self, name: &str) -> Option<ColumnType> {
        self.query.parameters.iter().find(|it| it.name == name).and_then(|it| match &it.value {
            ParameterValue::Value(column_type) => Some(column_type.clone()),
            ParameterValue::Rows(_) => None,
        })
    }

    fn column(&self, parameter: &str, column: &str) -> Option<ColumnType> {
        let parameter = self.query.parameters.iter().find(|it| it.name == parameter)?;
        let ParameterValue::Rows(table) = &parameter.value else { return None };
        Some(self.schema.tables.get(table)?.column(column)?.column_type.clone())
    }
}

/// The value as the database takes it.
fn as_sent(value: Value, sent: ParameterType) -> Value {
    match (value, sent.scalar) {
        (Value::Array(items), scalar) => {
            let sent = ParameterType { scalar, array: false };
            Value::Array(items.into_iter().map(|it| as_sent(it, sent)).collect())
        }
        (Value::Uuid(it), ParameterScalar::String) => Value::String(it.to_string()),
        (Value::TimestampLocal(it), ParameterScalar::Timestamp) => Value::Timestamp(it.and_utc()),
        (value, _) => value,
    }
}
