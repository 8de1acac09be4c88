//! The databases, and what they answer.

use orm_driver::{Connection, DdlBatch, Statement};
use orm_engine::{
    ddl,
    query::{self, Argument, Arguments, Record},
};
use orm_model::{
    Dialect, Schema, Table, Targets,
    query::{Query, QueryBody},
};
use orm_testkit::databases::{self, TestDatabase};
use serde_json::Value as Json;

use super::{
    super::rows::insert,
    checker::{Run, Stage},
    declared::undeclared,
};
use crate::{database::block_on, oracle::empty_again};

/// A database of each kind.
pub(super) struct Sites(Vec<Site>);

/// A database with a schema and its rows.
struct Site {
    new: fn() -> Option<TestDatabase>,
    database: TestDatabase,
    /// What its tables hold before each mutation.
    contents: Vec<Vec<Record>>,
}

/// What a query gave.
pub(super) struct Outcome {
    url: String,
    pub(super) dialect: Dialect,
    given: Result<Vec<Record>, Refusal>,
    /// Of a mutation: how many rows it changed, and what the tables hold afterwards.
    written: Option<(u64, Vec<Vec<Record>>)>,
}

struct Refusal {
    message: String,
    /// Whether it is about a value: an overflow, a division by zero.
    is_of_value: bool,
    /// Whether it is about rows: a key that is taken, a row that another one needs.
    is_of_rows: bool,
}

impl Sites {
    /// One database of each kind; `None` where one is missing.
    pub(super) fn new() -> Option<Sites> {
        let kinds = [databases::postgres, databases::pglite, databases::spanner];
        let sites =
            kinds.map(|new: fn() -> Option<TestDatabase>| Some(Site { new, database: new()?, contents: Vec::new() }));
        sites.into_iter().collect::<Option<_>>().map(Sites)
    }

    /// Gives every database the schema and its rows, and nothing else; what one of them says against it.
    pub(super) fn prepare(&mut self, stage: &Stage) -> Result<(), String> {
        let prepared: Vec<_> = std::thread::scope(|scope| {
            let lanes: Vec<_> = self.0.iter_mut().map(|it| scope.spawn(|| it.prepare(stage))).collect();
            lanes.into_iter().map(|it| it.join().expect("a lane ends")).collect()
        });
        prepared.into_iter().collect::<Result<Vec<()>, _>>()?;
        match self.0.iter().find(|it| shown(&it.contents) != shown(&self.0[0].contents)) {
            Some(other) => Err(format!(
                "{} and {} hold other rows:\n{}\n{}",
                self.0[0].database.url(),
                other.database.url(),
                only(&shown(&self.0[0].contents), &shown(&other.contents)),
                only(&shown(&other.contents), &shown(&self.0[0].contents))
            )),
            None => Ok(()),
        }
    }

    /// What each query gives in each database.
    pub(super) fn outcomes(&mut self, stage: &Stage, runs: &[&Run]) -> Vec<Vec<Outcome>> {
        let mut lanes: Vec<_> = std::thread::scope(|scope| {
            let lanes: Vec<_> = self.0.iter_mut().map(|it| scope.spawn(|| block_on(it.run(stage, runs)))).collect();
            lanes.into_iter().map(|it| it.join().expect("a lane ends").into_iter()).collect()
        });
        runs.iter().map(|_| lanes.iter_mut().filter_map(Iterator::next).collect()).collect()
    }
}

impl Site {
    fn prepare(&mut self, stage: &Stage) -> Result<(), String> {
        // A new database is quick where DDL cannot be undone.
        let is_empty =
            self.database.dialect().capabilities().transactional_ddl && block_on(empty_again(&self.database)).is_ok();
        if !is_empty {
            self.database = (self.new)().expect("the server is there");
        }
        let filled = block_on(self.fill(stage));
        filled.map_err(|it| format!("{}: {it}", self.database.url()))
    }

    async fn fill(&mut self, stage: &Stage) -> Result<(), String> {
        let schema = &stage.ground.schema;
        let mut connection = self.database.connect().await.map_err(|error| error.to_string())?;
        let plan = ddl::plan(schema, &Targets::default(), connection.dialect());
        let statements = plan.statements.iter().map(|it| it.sql.as_str());
        let applied = connection.apply_ddl(&DdlBatch::new(statements), &mut |_| {}).await;
        applied.map_err(|error| error.to_string())?;
        fill(&mut *connection, stage).await?;
        self.contents = contents(&mut *connection, stage).await;
        connection.close().await.map_err(|error| error.to_string())
    }

    async fn run(&mut self, stage: &Stage, runs: &[&Run]) -> Vec<Outcome> {
        let mut connection = self.database.connect().await.unwrap();
        let mut outcomes = Vec::new();
        for run in runs {
            outcomes.push(self.outcome(&mut *connection, stage, run).await);
        }
        connection.close().await.unwrap();
        outcomes
    }

    async fn outcome(&self, connection: &mut dyn Connection, stage: &Stage, run: &Run) -> Outcome {
        let (targets, schema) = (Targets::default(), &stage.ground.schema);
        let query = match connection.dialect() {
            Dialect::Postgres => run.query.clone(),
            Dialect::Spanner => without_lock(&run.query),
        };
        let answer = query::run(connection, &query, schema, &targets, &run.arguments).await;
        let changed = answer.as_ref().map_or(0, |it| it.changed);
        let mut written = None;
        if !matches!(run.query.body, QueryBody::Select(_) | QueryBody::Sql(_)) {
            let contents = contents(connection, stage).await;
            if shown(&contents) != shown(&self.contents) {
                empty(connection, schema).await;
                fill(connection, stage).await.unwrap();
            }
            written = Some((changed, contents));
        }
        let given = answer.map(|it| it.rows).map_err(|error| Refusal::of(&error));
        Outcome { url: self.database.url().to_string(), dialect: connection.dialect(), given, written }
    }
}

impl Refusal {
    fn of(error: &query::RunError) -> Self {
        let query::RunError::Database(refused) = error else {
            let is_of_rows = matches!(error, query::RunError::Rows(_));
            return Refusal { message: error.to_string(), is_of_value: false, is_of_rows };
        };
        let code = refused.code().unwrap_or_default();
        // "Data exception", "cardinality violation" (a row that would be written twice) and "integrity constraint violation"
        // of the SQL standard, and what Spanner says of values and rows.
        let is_of_value = code.starts_with("22") || code == "OUT_OF_RANGE";
        let message = format!("{code} {}", refused.message());
        // "Cardinality violation": a row that is written twice, a value of which there are several.
        let is_of_rows = code.starts_with("23")
            || code.starts_with("21")
            || matches!(code, "ALREADY_EXISTS" | "FAILED_PRECONDITION")
            || message.contains("key was not found in parent table")
            || message.contains("More than one element");
        Refusal { message, is_of_value, is_of_rows }
    }
}

/// The emulator's grammar has no `FOR UPDATE`, which Spanner has: the rows are compared without it.
fn without_lock(query: &Query) -> Query {
    let mut query = query.clone();
    if let QueryBody::Select(select) = &mut query.body {
        select.lock = None;
    }
    query
}

/// Puts the rows into the empty tables.
async fn fill(connection: &mut dyn Connection, stage: &Stage) -> Result<(), String> {
    let schema = &stage.ground.schema;
    for of_table in stage.ground.rows.iter().filter(|it| !it.rows.is_empty()) {
        let query = insert(&schema.tables[&of_table.table]);
        let rows = of_table.rows.iter().cloned().map(Json::Object).collect();
        let given = [("rows".to_owned(), Argument::Json(rows))].into();
        let arguments = query::argument::read(&query, schema, &given).map_err(|error| error.to_string())?;
        let answer = query::run(connection, &query, schema, &Targets::default(), &arguments).await;
        let changed = answer.map_err(|error| format!("{}: {error}", of_table.table))?.changed;
        assert_eq!(changed, of_table.rows.len() as u64, "rows of {}", of_table.table);
    }
    Ok(())
}

/// Takes every row away: children first, and rows that refer to others of their table after they let go of them.
async fn empty(connection: &mut dyn Connection, schema: &Schema) {
    let sql = orm_engine::dialect::of(connection.dialect());
    let own = |table: &Table| {
        let keys = table.foreign_keys.iter().filter(|it| it.references == table.name);
        keys.flat_map(|it| it.columns.clone()).collect::<Vec<_>>()
    };
    let mut open: Vec<_> = schema.tables.values().collect();
    let mut statements = Vec::new();
    while !open.is_empty() {
        let is_needed = |table: &Table| {
            open.iter().any(|other| {
                let is_parent = other.interleave.as_ref().is_some_and(|it| it.parent == table.name);
                other.name != table.name
                    && (is_parent || other.foreign_keys.iter().any(|it| it.references == table.name))
            })
        };
        let table = open.remove(open.iter().position(|it| !is_needed(it)).unwrap_or_default());
        let name = sql.object(&table.name);
        for column in own(table) {
            statements.push(format!("UPDATE {name} AS t SET {} = NULL WHERE true", sql.quote(&column)));
        }
        statements.push(format!("DELETE FROM {name} AS t WHERE true"));
    }
    let statements: Vec<_> = statements.into_iter().map(|it| Statement::new(it, [])).collect();
    connection.run_transaction(&statements).await.unwrap();
}

/// What each table holds.
async fn contents(connection: &mut dyn Connection, stage: &Stage) -> Vec<Vec<Record>> {
    let mut contents = Vec::new();
    for query in &stage.contents {
        contents.push(read(connection, stage, query).await);
    }
    contents
}

async fn read(connection: &mut dyn Connection, stage: &Stage, query: &Query) -> Vec<Record> {
    let (targets, none) = (Targets::default(), Arguments::default());
    let answer = query::run(connection, query, &stage.ground.schema, &targets, &none).await;
    answer.unwrap_or_else(|error| panic!("{error}\n{}", stage.text)).rows
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

    /// Why the renderer has no SQL for the database.
    pub(super) fn unwritten(&self) -> Option<String> {
        let refusal = self.given.as_ref().err()?;
        refusal.message.contains(" has no SQL for ").then(|| refusal.message.clone())
    }

    /// Whether the emulator found its own state wrong, or lacks something, which says nothing of Spanner. It loses columns
    /// in some updates, too.
    pub(super) fn broke(&self) -> bool {
        let words = ["ZETASQL_RET_CHECK failure", "UNIMPLEMENTED", "Failed to find column:"];
        self.given.as_ref().is_err_and(|it| words.iter().any(|word| it.message.contains(word)))
    }

    /// Whether it wrote nothing, so that it is not known what the database says to rows.
    pub(super) fn wrote_nothing(&self) -> bool {
        self.written.as_ref().is_some_and(|(changed, _)| *changed == 0)
    }

    /// What is not as the query declares, or why the database takes no such query.
    pub(super) fn wrong(&self, checked: (&Schema, &Run)) -> Option<String> {
        let (schema, run) = checked;
        let url = &self.url;
        match &self.given {
            Err(it) if it.is_of_value || it.is_of_rows => None,
            Err(it) => Some(format!("{url}: {}", it.message)),
            Ok(rows) => {
                let columns = run.query.body.row();
                rows.iter().find_map(|it| undeclared(schema, &columns, it)).map(|it| format!("{url}: {it}"))
            }
        }
    }

    /// What the other one has otherwise; of numbers so many digits count.
    pub(super) fn difference(&self, other: &Outcome, is_ordered: bool, digits: Option<usize>) -> Option<String> {
        let shown = |it: &Outcome| match &it.given {
            Ok(rows) => {
                let mut rows: Vec<_> = rows.iter().map(|it| line(it, digits)).collect();
                if !is_ordered {
                    rows.sort();
                }
                Ok(rows)
            }
            Err(error) => Err(error.message.clone()),
        };
        let (one, two) = match (shown(self), shown(other)) {
            (one, two) if one == two || (one.is_err() && two.is_err()) => return self.otherwise_written(other, digits),
            (Ok(one), Ok(two)) => (only(&one, &two), only(&two, &one)),
            (one, two) => {
                let text = |it: Result<Vec<String>, String>| it.map_or_else(|it| it, |it| format!("{} rows", it.len()));
                (text(one), text(two))
            }
        };
        Some(format!("{}:\n{one}\n{}:\n{two}", self.url, other.url))
    }

    /// What the other mutation has written otherwise.
    fn otherwise_written(&self, other: &Outcome, digits: Option<usize>) -> Option<String> {
        let (one, two) = (self.written.as_ref()?, other.written.as_ref()?);
        let lines = |tables: &[Vec<Record>]| tables.iter().flatten().map(|it| line(it, digits)).collect::<Vec<_>>();
        let (first, second) = (lines(&one.1), lines(&two.1));
        let shown = |url: &str, changed: u64, rows: String| format!("{url} changed {changed}, the tables hold\n{rows}");
        // As texts: NaN is NaN.
        (one.0 != two.0 || first != second)
            .then(|| shown(&self.url, one.0, only(&first, &second)) + &shown(&other.url, two.0, only(&second, &first)))
    }
}

fn shown(tables: &[Vec<Record>]) -> Vec<String> {
    tables.iter().flatten().map(|it| line(it, None)).collect()
}

/// A row as text, with so many digits of its floating-point numbers.
fn line(record: &Record, digits: Option<usize>) -> String {
    let Some(digits) = digits else { return serde_json::to_string(record).unwrap() };
    let mut json = serde_json::to_value(record).unwrap();
    round(&mut json, digits);
    json.to_string()
}

fn round(json: &mut Json, digits: usize) {
    match json {
        Json::Number(it) if it.is_f64() => {
            let rounded = it.as_f64().map(|it| format!("{it:.*e}", digits - 1));
            *json = rounded.into();
        }
        Json::Array(items) => items.iter_mut().for_each(|it| round(it, digits)),
        Json::Object(fields) => fields.values_mut().for_each(|it| round(it, digits)),
        _ => {}
    }
}

/// The lines of one that the other has not at their place, a few of them.
fn only(one: &[String], two: &[String]) -> String {
    let lines = one.iter().enumerate().filter(|(at, it)| two.get(*at) != Some(it)).take(6);
    format!("({} rows)\n{}", one.len(), lines.map(|(at, it)| format!("  {at}: {it}\n")).collect::<String>())
}
