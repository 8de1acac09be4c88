//! Queries and mutations, run on every database: the answers are the same, and so is the SQL as a person has read it.
//!
//! `tests/queries` holds the schema, the rows and the cases. A case is a file of queries, each under lines `// > {…}` with
//! the values that it is run with; beside it stand its SQL in each dialect and its answers. Every case begins with the
//! same rows.

mod case;
mod examples;
mod indexed;
mod many_rows;
mod random;
mod rewritten;
mod rows;

use orm_driver::{Connection, DdlBatch, Value};
use orm_engine::{
    ddl,
    query::{self, Argument, Arguments, Cell, Record},
};
use orm_model::{Dialect, Schema, Targets, query::Query};
use orm_schema_lang::{Workspace, diagnostics::Severities};
use orm_testkit::databases;

use crate::database::block_on;
use case::{Case, Step};

#[test]
fn queries_have_the_sql_that_was_read() {
    let cases = case::all();
    let mut wrong = Vec::new();
    for case in &cases {
        for dialect in Dialect::ALL {
            let texts: Vec<_> = case.queries().map(|it| text(it, &case.schema, dialect)).collect();
            wrong.extend(case.golden(&format!("{dialect}.sql"), &texts.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}\nIf that is right: UPDATE_GOLDEN=1, and read the files.", wrong.join("\n"));
}

/// The SQL of a query with everything in it, or why there is none.
fn text(query: &Query, schema: &Schema, dialect: Dialect) -> String {
    let statements = match query::render(query, schema, &Targets::default(), dialect) {
        Ok(rendered) => rendered.bind(orm_engine::dialect::of(dialect), &query::Given::default()),
        Err(error) => return format!("-- {}\n-- {error}\n", query.name),
    };
    let statements: String = statements.iter().map(|it| format!("{};\n", it.sql)).collect();
    format!("-- {}\n{statements}", query.name)
}

#[test]
fn queries_answer_alike_in_every_database() {
    let databases = databases::all();
    if databases.len() < 3 {
        return;
    }
    let cases = case::all();
    let all: Vec<_> = cases.iter().collect();
    let answers: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = databases.iter().map(|it| scope.spawn(|| block_on(answers(it, &all)))).collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });
    let mut wrong = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let first: &Vec<String> = &answers[0][index];
        for (database, other) in databases.iter().zip(&answers).skip(1) {
            for (one, two) in first.iter().zip(&other[index]).filter(|(one, two)| one != two) {
                wrong.push(format!("{}:\nPostgreSQL {one}\n{} {two}", case.name, database.url()));
            }
        }
        wrong.extend(case.golden("txt", &first.join("\n")));
    }
    println!("{} cases, {} runs", cases.len(), answers[0].iter().map(Vec::len).sum::<usize>());
    assert!(wrong.is_empty(), "{}\nIf that is right: UPDATE_GOLDEN=1, and read the files.", wrong.join("\n"));
}

/// What each step of each case gives.
async fn answers(database: &databases::TestDatabase, cases: &[&Case]) -> Vec<Vec<String>> {
    let mut connection = database.connect().await.unwrap();
    let targets = Targets::default();
    let schema = &cases[0].schema;
    let plan = ddl::plan(schema, &targets, connection.dialect());
    assert!(plan.unsupported.is_empty(), "{:?}", plan.unsupported);
    let statements = plan.statements.iter().map(|it| it.sql.as_str());
    connection.apply_ddl(&DdlBatch::new(statements), &mut |_| {}).await.unwrap();
    let mut all = Vec::new();
    for case in cases {
        rows::fill(&mut *connection, schema).await;
        let mut answers = Vec::new();
        let is_there = |it: &&Step| it.query.only.is_none_or(|only| only == connection.dialect());
        let steps: Vec<_> = case.steps.iter().filter(is_there).collect();
        for step in steps {
            answers.push(answer(&mut *connection, step, schema, &targets).await);
        }
        all.push(answers);
    }
    connection.close().await.unwrap();
    all
}

/// What a query gives for its values, a row a line.
async fn answer(connection: &mut dyn Connection, step: &Step, schema: &Schema, targets: &Targets) -> String {
    let title = format!("{} {}", step.query.name, sorted(&step.values));
    let values = step.values.as_object().unwrap().iter();
    let given = values.map(|(name, value)| (name.clone(), Argument::Json(value.clone()))).collect();
    let arguments = match query::argument::read(&step.query, schema, &given) {
        Ok(arguments) => arguments,
        Err(error) => return format!("{title}\n  {error}\n"),
    };
    match query::run(connection, &step.query, schema, targets, &arguments).await {
        Ok(answer) => {
            let mut rows: Vec<_> = answer.rows.iter().map(|it| format!("  {}\n", shown(it))).collect();
            if !step.is_ordered() {
                rows.sort();
            }
            let changed = if answer.changed > 0 { format!(" ({} changed)", answer.changed) } else { String::new() };
            format!("{title}{changed}\n{}", rows.concat())
        }
        // Databases have words of their own.
        Err(query::RunError::Database(error)) => format!("{title}\n  refused{}\n", refusal(&error)),
        Err(error) => format!("{title}\n  {error}\n"),
    }
}

/// JSON with its keys in order, whichever features the crates around ask of `serde_json`.
fn sorted(json: &serde_json::Value) -> String {
    use serde_json::Value;
    match json {
        Value::Object(fields) => {
            let fields: std::collections::BTreeMap<_, _> = fields.iter().collect();
            let fields = fields.into_iter().map(|(name, it)| format!("{}:{}", Value::from(name.as_str()), sorted(it)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(sorted).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

#[test]
fn instants_in_relations_are_those_of_the_rows() {
    for database in databases::all() {
        block_on(check_instants(&database));
    }
}

async fn check_instants(database: &databases::TestDatabase) {
    let mut connection = database.connect().await.unwrap();
    let text = "table users {\n  id  bigint  @primary_key\n  at  timestamptz\n}\n\
                table posts {\n  id  bigint  @primary_key\n  user_id  bigint  @references(users.id)\n}\n\
                mutation add(at: timestamptz) {\n  insert into users\n  values { id: 1, $at }\n}\n\
                mutation add_post {\n  insert into posts\n  values { id: 1, user_id: 1 }\n}\n\
                query times : one {\n  from posts\n  join users on users.id = user_id\n  where posts.id = 1\n  \
                select at, user { at }\n}\n";
    let mut workspace = Workspace::new(Targets::default(), Severities::default());
    workspace.open("a.orm", text);
    let (schema, queries, targets) = (workspace.schema(), workspace.queries(), Targets::default());
    let plan = ddl::plan(&schema, &targets, connection.dialect());
    let statements = plan.statements.iter().map(|it| it.sql.as_str());
    connection.apply_ddl(&DdlBatch::new(statements), &mut |_| {}).await.unwrap();
    // Spanner keeps nine digits, PostgreSQL six.
    let at = chrono::DateTime::parse_from_rfc3339("2024-02-01T00:00:00.123456789Z").unwrap().to_utc();
    let arguments = Arguments { values: [("at".to_owned(), Value::Timestamp(at))].into(), ..Arguments::default() };
    query::run(&mut *connection, &queries["add"], &schema, &targets, &arguments).await.unwrap();
    let nothing = Arguments::default();
    for name in ["add_post", "times"] {
        let answer = query::run(&mut *connection, &queries[name], &schema, &targets, &nothing).await.unwrap();
        for record in answer.rows {
            let [(_, whole), (_, Cell::Row(nested))] = record.0.as_slice() else { panic!("{record:?}") };
            assert_eq!(nested.0[0].1, *whole, "{}", database.url());
        }
    }
    connection.close().await.unwrap();
}

fn refusal(error: &orm_driver::Error) -> String {
    // A key that comes twice in one statement is another matter to each of them.
    let comes_twice = error.code() == Some("21000") || error.message().contains("More than one element");
    if error.is_unique_violation() || comes_twice {
        return ": the key is taken".to_owned();
    }
    match std::env::var_os("ORM_SHOW_REFUSALS") {
        Some(_) => format!(": {error} in {}", error.statement().unwrap_or_default()),
        None => String::new(),
    }
}

fn shown(record: &Record) -> String {
    assert!(record.0.iter().all(|(_, cell)| !matches!(cell, Cell::Value(orm_driver::Value::Array(it)) if it.iter().any(orm_driver::Value::is_null))));
    serde_json::to_string(record).unwrap()
}
