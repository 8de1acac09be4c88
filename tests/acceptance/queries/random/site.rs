//! The databases, and what they answer.

use orm_driver::{Connection, DdlBatch, Statement, Value};
use orm_engine::{
    ddl,
    query::{self, Argument, Arguments, Cell, Record},
};
use orm_model::{
    ObjectName, Schema, Targets,
    query::{QueryBody, ResultColumn, ResultValue},
};
use orm_testkit::{
    databases::{self, TestDatabase},
    generator::query::{rng, sample},
};

use proptest::test_runner::TestRng;

use super::{super::rows::insert, Run};
use crate::database::block_on;

/// The seed of the rows.
const ROWS: u64 = 1;

/// A database with the schema and its rows.
pub(super) struct Site(TestDatabase);

/// What a query gave.
pub(super) struct Outcome {
    url: String,
    given: Result<Vec<Record>, Refusal>,
    /// Of a mutation: how many rows it changed, and what the table holds afterwards.
    written: Option<(u64, Vec<Record>)>,
}

struct Refusal {
    message: String,
    /// Whether the database says so: then all of them have to.
    is_of_database: bool,
    /// Whether it is about a value: an overflow, a division by zero.
    is_of_value: bool,
}

impl Site {
    /// One database of each kind; `None` where one is missing.
    pub(super) fn all(schema: &Schema) -> Option<Vec<Site>> {
        let sites: Vec<_> = databases::all().into_iter().map(Site).collect();
        if sites.len() < 3 {
            return None;
        }
        std::thread::scope(|scope| {
            for site in &sites {
                scope.spawn(|| block_on(site.fill(schema)));
            }
        });
        Some(sites)
    }

    async fn fill(&self, schema: &Schema) {
        let mut connection = self.0.connect().await.unwrap();
        let plan = ddl::plan(schema, &Targets::default(), connection.dialect());
        let statements = plan.statements.iter().map(|it| it.sql.as_str());
        connection.apply_ddl(&DdlBatch::new(statements), &mut |_| {}).await.unwrap();
        let mut rng = rng(ROWS);
        for (name, count) in sample::TABLES {
            fill(&mut *connection, schema, name, count, &mut rng).await;
        }
        connection.close().await.unwrap();
    }

    async fn run(&self, schema: &Schema, runs: &[&Run]) -> Vec<Outcome> {
        let mut connection = self.0.connect().await.unwrap();
        let mut outcomes = Vec::new();
        for run in runs {
            outcomes.push(self.outcome(&mut *connection, schema, run).await);
        }
        connection.close().await.unwrap();
        outcomes
    }

    async fn outcome(&self, connection: &mut dyn Connection, schema: &Schema, run: &Run) -> Outcome {
        let is_mutation = !matches!(run.query.body, QueryBody::Select(_));
        if is_mutation {
            refill(connection, schema).await;
        }
        let answer = query::run(connection, &run.query, schema, &Targets::default(), &run.arguments).await;
        let changed = answer.as_ref().map_or(0, |it| it.changed);
        let mut written = None;
        if is_mutation {
            let (targets, none) = (Targets::default(), Arguments::default());
            let contents = query::run(connection, &run.contents, schema, &targets, &none).await.unwrap();
            written = Some((changed, contents.rows));
        }
        let given = answer.map(|it| it.rows).map_err(|error| Refusal::of(&error));
        Outcome { url: self.0.url().to_string(), given, written }
    }
}

impl Refusal {
    fn of(error: &query::RunError) -> Self {
        let query::RunError::Database(refused) = error else {
            return Refusal { message: error.to_string(), is_of_database: false, is_of_value: false };
        };
        // "Data exception" of the SQL standard, and what Spanner says of values.
        let is_of_value = refused.code().is_some_and(|it| it.starts_with("22") || it == "OUT_OF_RANGE");
        let message = format!("{} {}", refused.code().unwrap_or_default(), refused.message());
        Refusal { message, is_of_database: true, is_of_value }
    }
}

async fn fill(connection: &mut dyn Connection, schema: &Schema, name: &str, count: usize, rng: &mut TestRng) {
    let table = &schema.tables[&ObjectName::unqualified(name)];
    let query = insert(table);
    let given = [("rows".to_owned(), Argument::Json(sample::rows(schema, table, count, rng)))].into();
    let arguments = query::argument::read(&query, schema, &given).unwrap();
    let answer = query::run(connection, &query, schema, &Targets::default(), &arguments).await.unwrap();
    assert_eq!(answer.changed, count as u64);
}

/// Gives the table that mutations write its rows.
async fn refill(connection: &mut dyn Connection, schema: &Schema) {
    let delete = Statement::new(format!("DELETE FROM {} WHERE true", sample::WRITTEN), []);
    connection.run_transaction(&[delete]).await.unwrap();
    fill(connection, schema, sample::WRITTEN, sample::WRITTEN_ROWS, &mut rng(ROWS)).await;
}

/// What each query gives in each database.
pub(super) fn outcomes(sites: &mut [Site], schema: &Schema, runs: &[&Run]) -> Vec<Vec<Outcome>> {
    let mut lanes: Vec<_> = std::thread::scope(|scope| {
        let lanes: Vec<_> = sites.iter().map(|it| scope.spawn(|| block_on(it.run(schema, runs)))).collect();
        lanes.into_iter().map(|it| it.join().expect("a lane ends").into_iter()).collect()
    });
    runs.iter().map(|_| lanes.iter_mut().filter_map(Iterator::next).collect()).collect()
}

impl Outcome {
    /// How many rows there are; `None`: the database refused.
    pub(super) fn rows(&self) -> Option<usize> {
        self.given.as_ref().ok().map(Vec::len)
    }

    /// Whether the database refused a value that it met.
    pub(super) fn met_a_value(&self) -> bool {
        self.given.as_ref().is_err_and(|it| it.is_of_value)
    }

    /// Whether the emulator found its own state wrong, which says nothing of Spanner.
    pub(super) fn broke(&self) -> bool {
        self.given.as_ref().is_err_and(|it| it.message.contains("ZETASQL_RET_CHECK failure"))
    }

    /// What is not as the query declares.
    pub(super) fn wrong(&self, run: &Run) -> Option<String> {
        let url = &self.url;
        match &self.given {
            Err(it) if it.is_of_database => None,
            Err(it) => Some(format!("{url}: {}", it.message)),
            Ok(rows) => {
                let columns = run.query.body.row();
                rows.iter().find_map(|it| undeclared(&columns, it)).map(|it| format!("{url}: {it}"))
            }
        }
    }

    /// What the other one has otherwise.
    pub(super) fn difference(&self, other: &Outcome, is_ordered: bool) -> Option<String> {
        let shown = |it: &Outcome| match &it.given {
            Ok(rows) => {
                let mut rows: Vec<_> = rows.iter().map(|it| serde_json::to_string(it).unwrap()).collect();
                if !is_ordered {
                    rows.sort();
                }
                Ok(rows)
            }
            Err(error) => Err(error.message.clone()),
        };
        let (one, two) = match (shown(self), shown(other)) {
            (one, two) if one == two || (one.is_err() && two.is_err()) => return self.otherwise_written(other),
            (Ok(one), Ok(two)) => (only(&one, &two), only(&two, &one)),
            (one, two) => {
                let text = |it: Result<Vec<String>, String>| it.map_or_else(|it| it, |it| format!("{} rows", it.len()));
                (text(one), text(two))
            }
        };
        Some(format!("{}:\n{one}\n{}:\n{two}", self.url, other.url))
    }
}

impl Outcome {
    /// What the other mutation has written otherwise.
    fn otherwise_written(&self, other: &Outcome) -> Option<String> {
        let (one, two) = (self.written.as_ref()?, other.written.as_ref()?);
        let lines = |rows: &[Record]| rows.iter().map(|it| serde_json::to_string(it).unwrap()).collect::<Vec<_>>();
        let (first, second) = (lines(&one.1), lines(&two.1));
        let shown = |url: &str, changed: u64, rows: String| format!("{url} changed {changed}, the table holds\n{rows}");
        // As texts: NaN is NaN.
        (one.0 != two.0 || first != second)
            .then(|| shown(&self.url, one.0, only(&first, &second)) + &shown(&other.url, two.0, only(&second, &first)))
    }
}

/// The lines of one that the other has not at their place, a few of them.
fn only(one: &[String], two: &[String]) -> String {
    let lines = one.iter().enumerate().filter(|(at, it)| two.get(*at) != Some(it)).take(6);
    format!("({} rows)\n{}", one.len(), lines.map(|(at, it)| format!("  {at}: {it}\n")).collect::<String>())
}

/// A NULL where the query declares none. That types are as declared, reading the row has shown.
fn undeclared(columns: &[ResultColumn], record: &Record) -> Option<String> {
    columns.iter().zip(&record.0).find_map(|(column, (_, cell))| match (cell, &column.value) {
        (Cell::Value(Value::Null), _) => (!column.nullable).then(|| format!("`{column}` is NULL")),
        (Cell::Row(row), ResultValue::Row(columns)) => undeclared(columns, row),
        (Cell::Rows(rows), ResultValue::Rows(columns)) => rows.iter().find_map(|it| undeclared(columns, it)),
        (Cell::Value(_), ResultValue::Value(_)) => None,
        _ => Some(format!("`{column}` is not of its kind")),
    })
}
