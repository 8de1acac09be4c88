//! Running a query.

use std::cell::RefCell;
use std::collections::BTreeMap;

use orm_driver::{
    Access, Connection, Parameter as SentParameter, ParameterScalar, ParameterType, RowCount, TypedStatement, Value,
};
use orm_model::{
    ColumnType, Expression, Schema, Targets,
    query::{Cardinality, Parameter, ParameterValue, Query, QueryBody, RawPiece},
};

use super::{
    Bound, RenderError, Rendered, Slot,
    argument::{self, Arguments},
    decode::{self, DecodeError, Record},
    render,
    rows::{self, RowsError},
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
    /// Rows that cannot be written together.
    #[error(transparent)]
    Rows(#[from] RowsError),
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
    /// It gave more or fewer rows than it declares. What a mutation has changed is undone.
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
    rows::check(query, schema, arguments)?;
    let statements = statements(query, schema, targets, arguments, dialect, &rendered)?;
    let access = access(query, &rendered);
    let columns = query.body.row();
    let mut answer = Answer::default();
    let outcomes = match statements.is_empty() {
        true => Vec::new(),
        false => connection.run_statements(&statements, access).await?,
    };
    for outcome in outcomes {
        answer.changed += outcome.changed;
        for row in &outcome.rows {
            let record = decode::decode(&columns, row);
            answer.rows.push(record.map_err(|source| RunError::Decode { query: query.name.clone(), source })?);
        }
    }
    check(query, &answer)?;
    Ok(answer)
}

/// What the statements of a query may do. What a mutation has changed stays only where it gives as many rows as it
/// declares.
fn access(query: &Query, rendered: &Rendered) -> Access {
    let reads = matches!(query.body, QueryBody::Select(_));
    match query.cardinality {
        _ if !rendered.writes => Access::Read,
        Cardinality::One if !reads => Access::WriteIf(RowCount { least: 1, most: 1 }),
        Cardinality::Optional if !reads => Access::WriteIf(RowCount { least: 0, most: 1 }),
        _ => Access::Write,
    }
}

fn statements(
    query: &Query,
    schema: &Schema,
    targets: &Targets,
    arguments: &Arguments,
    dialect: &'static dyn SqlDialect,
    rendered: &Rendered,
) -> Result<Vec<TypedStatement>, RunError> {
    let (types, computed) = (types(query), RefCell::default());
    let binder = Binder { query, schema, targets, arguments, dialect, types, computed };
    rendered.bind(dialect, &arguments.given(query, schema)).iter().map(|it| binder.statement(it)).collect()
}

/// The types of the parameters that the query uses.
fn types(query: &Query) -> BTreeMap<String, ColumnType> {
    let mut types = BTreeMap::new();
    let mut add = |it: &Parameter| _ = types.insert(it.name.clone(), it.column_type.clone());
    query.body.walk(&mut |it| {
        if let Expression::Parameter(it) = it {
            add(it);
        }
    });
    if let QueryBody::Sql(raw) = &query.body {
        let pieces = orm_model::Dialect::ALL.into_iter().filter_map(|it| raw.text.get(it).as_ref()).flatten();
        for piece in pieces {
            if let RawPiece::Parameter(it) = piece {
                add(it);
            }
        }
    }
    types
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
    types: BTreeMap<String, ColumnType>,
    /// What was computed for the application.
    computed: RefCell<BTreeMap<String, Value>>,
}

impl Binder<'_> {
    fn statement(&self, bound: &Bound) -> Result<TypedStatement, RunError> {
        let parameters = bound.parameters.iter().map(|it| self.parameter(it)).collect::<Result<_, _>>()?;
        Ok(TypedStatement { sql: bound.sql.clone(), parameters, gives_rows: bound.gives_rows })
    }

    fn parameter(&self, slot: &Slot) -> Result<SentParameter, RunError> {
        let (name, column_type, value) = match slot {
            Slot::Parameter(name) => match Parameter::app_function(name) {
                None => (name.clone(), self.types.get(name).cloned(), self.arguments.values.get(name).cloned()),
                Some(function) => return self.computed(name, function),
            },
            Slot::Cell { parameter, row, column } => {
                let rows = self.arguments.rows.get(parameter);
                let value = rows.and_then(|it| it.get(*row)).and_then(|it| it.get(column)).cloned();
                (format!("{parameter}[{row}].{column}"), self.column(parameter, column), value)
            }
        };
        self.sent(&name, column_type, value.unwrap_or(Value::Null))
    }

    fn sent(&self, name: &str, column_type: Option<ColumnType>, value: Value) -> Result<SentParameter, RunError> {
        let refused = |reason: &str| RunError::Parameter {
            name: name.to_owned(),
            dialect: self.dialect.dialect().title(),
            reason: reason.to_owned(),
        };
        let column_type = column_type.ok_or_else(|| refused("the query does not declare it"))?;
        let scalar = storage(self.schema, &column_type.scalar).clone();
        let stored = ColumnType { scalar, array: column_type.array };
        let sent = self.dialect.sent_type(&stored, self.targets).ok_or_else(|| refused("it has no such type"))?;
        Ok(SentParameter { value: as_sent(value, sent), sent })
    }

    /// `app.NAME()`, once for each of its names.
    fn computed(&self, name: &str, function: &str) -> Result<SentParameter, RunError> {
        let mut known = self.computed.borrow_mut();
        let value = match known.get(name).or_else(|| self.arguments.values.get(name)) {
            Some(value) => value.clone(),
            None => argument::app_value(function).ok_or_else(|| RunError::Parameter {
                name: format!("app.{function}()"),
                dialect: self.dialect.dialect().title(),
                reason: "only the application can compute it".to_owned(),
            })?,
        };
        known.insert(name.to_owned(), value.clone());
        self.sent(name, self.types.get(name).cloned(), value)
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
