//! Where a function may stand in a schema: what the registry allows the database takes, what it forbids it refuses.

use orm_driver::{Connection, DdlBatch};
use orm_engine::dialect;
use orm_model::{
    Default, Dialect, Expression, ScalarType, Table, Targets,
    registry::{self, FunctionPlace},
};
use orm_testkit::databases::{self, TestDatabase};

use super::{
    calls::{Call, calls},
    text, typing_of, values,
};
use crate::database::block_on;

#[test]
fn functions_stand_where_the_registry_says() {
    let mut complaints = Vec::new();
    for database in databases::all() {
        complaints.extend(block_on(complaints_of(&database)));
    }
    assert!(complaints.is_empty(), "{}\n{}", complaints.len(), complaints.join("\n"));
}

async fn complaints_of(database: &TestDatabase) -> Vec<String> {
    let mut connection = database.connect().await.unwrap();
    let table = values::table();
    values::create(&mut *connection, &table).await;
    let dialect = connection.dialect();
    let mut complaints = Vec::new();
    let mut tried = 0;
    for info in registry::functions() {
        let call = calls(info).swap_remove(0);
        for place in FunctionPlace::ALL {
            let Some(statement) = statement(&*connection, &table, &call, place, tried) else { continue };
            tried += 1;
            let result = connection.apply_ddl(&DdlBatch::new([statement.clone()]), &mut |_| {}).await;
            let error = result.err().map(|it| it.source.to_string());
            // A check that is true today is our own matter.
            let is_policy = place == FunctionPlace::Check && !info.is_deterministic();
            let lacking = lack(dialect, place, info.name);
            match (info.may_stand(place, dialect), error) {
                (true, Some(error)) if lacking.is_some_and(|it| error.contains(it)) => {}
                (true, None) if lacking.is_some() => {
                    complaints.push(format!("{dialect}: {call} in {} is no lack any more", place.title()));
                }
                (true, Some(error)) => {
                    complaints.push(format!("{dialect}: {call} in {}: {error}\n  {statement}", place.title()))
                }
                (false, None) if !is_policy => {
                    complaints.push(format!("{dialect}: {call} is taken in {}\n  {statement}", place.title()));
                }
                _ => {}
            }
        }
    }
    println!("{}: {tried} statements", database.url());
    connection.close().await.unwrap();
    complaints
}

/// A change of the table that has the call in that place; `None` where the database has no such place.
fn statement(
    connection: &dyn Connection,
    table: &Table,
    call: &Call,
    place: FunctionPlace,
    number: usize,
) -> Option<String> {
    let dialect = connection.dialect();
    let typing = typing_of(table, &call.expression);
    let sql_type = dialect::of(dialect).cast_type(typing.value.known()?, &Targets::default())?;
    let sql_type = sql_type.replace("STRING", "STRING(MAX)").replace("BYTES", "BYTES(MAX)");
    let expression = text(connection, table, &call.expression);
    let generated = if dialect == Dialect::Postgres { "GENERATED ALWAYS AS" } else { "AS" };
    Some(match place {
        FunctionPlace::Default => {
            let constant = text(connection, table, &constant(table, &call.expression));
            let options = options(dialect, &call.expression);
            format!("ALTER TABLE v ADD COLUMN x{number} {sql_type} DEFAULT ({constant}){options}")
        }
        FunctionPlace::Check => {
            format!("ALTER TABLE v ADD CONSTRAINT c{number} CHECK (({expression}) IS NOT NULL OR id > 0)")
        }
        FunctionPlace::Generated => {
            format!("ALTER TABLE v ADD COLUMN x{number} {sql_type} {generated} ({expression}) STORED")
        }
        // In Spanner an index over an expression is one over a generated column.
        FunctionPlace::Index if dialect == Dialect::Spanner => return None,
        FunctionPlace::Index => format!("CREATE INDEX ON v (({expression}))"),
    })
}

/// What the column of the default needs besides: Spanner takes the time of the commit only where it is allowed.
fn options(dialect: Dialect, expression: &Expression) -> &'static str {
    let needs = Default::Expression(expression.clone()).is_commit_timestamp() && dialect == Dialect::Spanner;
    if needs { " OPTIONS (allow_commit_timestamp = true)" } else { "" }
}

/// What the emulator says of a function that it does not take where Spanner does
/// (<https://cloud.google.com/spanner/docs/commit-timestamp>).
fn lack(dialect: Dialect, place: FunctionPlace, function: &str) -> Option<&'static str> {
    match (dialect, place, function) {
        (Dialect::Spanner, FunctionPlace::Default, "commit_timestamp") => {
            Some("PENDING_COMMIT_TIMESTAMP() function may only be used as a value for INSERT or UPDATE")
        }
        _ => None,
    }
}

/// The call without columns, which no default can read; texts that stand for another type say so.
fn constant(table: &Table, expression: &Expression) -> Expression {
    let Expression::Call { function, arguments } = expression else { return expression.clone() };
    let value = |it: &Expression| {
        let Expression::Column(name) = it else { return it.clone() };
        let value = values::value(name, 1);
        let column_type = table.column(name).map(|it| it.column_type.clone());
        match column_type {
            Some(to) if matches!(to.scalar, ScalarType::Date | ScalarType::Timestamptz(_)) => {
                Expression::Cast { operand: Box::new(value), to }
            }
            Some(to) if matches!(to.scalar, ScalarType::Bytes(_)) => {
                Expression::Call { function: "to_bytes".to_owned(), arguments: vec![value] }
            }
            _ => value,
        }
    };
    Expression::Call { function: function.clone(), arguments: arguments.iter().map(value).collect() }
}
