//! More rows than one statement takes.

use std::collections::BTreeMap;

use orm_driver::{DdlBatch, Value};
use orm_engine::{
    ddl,
    query::{self, Arguments},
};
use orm_model::{Dialect, Targets};
use orm_schema_lang::{Workspace, diagnostics::Severities};
use orm_testkit::databases::{self, TestDatabase};

use crate::database::block_on;

const TEXT: &str = "\
table readings {
  id    bigint  @primary_key
  a     bigint
  b     bigint = 7
  note  text?
}
mutation add(rows: readings[]) {
  insert into readings
  values $rows
  returning id, b
}
query total : one {
  from readings
  select rows: count(), a: sum(a), b: sum(b)
}
";

#[test]
fn rows_that_no_single_statement_takes_are_written_all_the_same() {
    for database in databases::all() {
        block_on(check(&database));
    }
}

/// Rows with these numbers; every third one has the default of `b`.
fn rows(numbers: std::ops::Range<i64>) -> Arguments {
    let row = |id: i64| {
        let mut row = BTreeMap::from([("id".to_owned(), Value::Int64(id)), ("a".to_owned(), Value::Int64(1))]);
        if id % 3 != 0 {
            row.insert("b".to_owned(), Value::Int64(1));
        }
        row
    };
    Arguments { rows: [("rows".to_owned(), numbers.map(row).collect())].into(), ..Arguments::default() }
}

async fn check(database: &TestDatabase) {
    let mut connection = database.connect().await.unwrap();
    let mut workspace = Workspace::new(Targets::default(), Severities::default());
    workspace.open("a.orm", TEXT);
    let (schema, queries, targets) = (workspace.schema(), workspace.queries(), Targets::default());
    let plan = ddl::plan(&schema, &targets, connection.dialect());
    let statements = plan.statements.iter().map(|it| it.sql.as_str());
    connection.apply_ddl(&DdlBatch::new(statements), &mut |_| {}).await.unwrap();

    // Four values a row.
    let most = if connection.dialect() == Dialect::Postgres { 17_000 } else { 600 };
    let added = query::run(&mut *connection, &queries["add"], &schema, &targets, &rows(0..most)).await.unwrap();
    let mut ids: Vec<_> = added.rows.iter().map(|it| format!("{:?}", it.0[0].1)).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((added.changed, ids.len() as i64), (most as u64, most), "{}", database.url());

    // One of them is there, so that none is written.
    let twice = query::run(&mut *connection, &queries["add"], &schema, &targets, &rows(most - 1..2 * most)).await;
    assert!(twice.is_err(), "{}", database.url());

    let total =
        query::run(&mut *connection, &queries["total"], &schema, &targets, &Arguments::default()).await.unwrap();
    let shown = serde_json::to_string(&total.rows[0]).unwrap();
    let thirds = (0..most).filter(|it| it % 3 == 0).count() as i64;
    assert_eq!(shown, format!(r#"{{"rows":{most},"a":{most},"b":{}}}"#, most + 6 * thirds), "{}", database.url());
    connection.close().await.unwrap();
}
