//! Migrations of a test, run on a database, and what the database has afterwards.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{TimeZone, Utc};
use orm_driver::{Connection, DdlBatch, Statement};
use orm_engine::{
    catalog::differences,
    dialect,
    migrate::{Creation, Gap, MigrateError, Migrations, Request, Runner, SourceFile, Timer, create},
    plan::{self, Plan},
};
use orm_model::{Schema, Targets};

/// The clock of the runtime.
pub(crate) struct Clock;

#[async_trait]
impl Timer for Clock {
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

/// Runs a future on a runtime of its own.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// A folder of migrations in memory.
#[derive(Default)]
pub(crate) struct Folder(Vec<SourceFile>);

impl Folder {
    /// Adds the migration that leads to `schema`, data loss accepted; what it leaves open, or `None` if nothing changed.
    pub(crate) fn create(&mut self, title: &str, schema: &Schema, targets: &Targets) -> Option<Vec<Gap>> {
        let now = Utc.with_ymd_and_hms(2026, 11, 22, 14, 30, 0).unwrap();
        let request = Request { schema, targets, title, accept_data_loss: true, empty: false, now };
        match create(&self.migrations(), &request).unwrap() {
            Creation::New(new) => {
                self.0.push(SourceFile { name: new.name.file_name(), content: new.text.into_bytes() });
                Some(new.unsupported)
            }
            Creation::NothingChanged => None,
            Creation::DataLoss(lines) => panic!("data loss was accepted: {lines:?}"),
        }
    }

    fn migrations(&self) -> Migrations {
        Migrations::read(&self.0).unwrap()
    }

    pub(crate) async fn latest(&self, connection: &mut (dyn Connection + 'static)) -> Result<(), MigrateError> {
        Runner::new(connection, &Clock).latest(&self.migrations()).await.map(|_| ())
    }

    pub(crate) async fn down(&self, connection: &mut (dyn Connection + 'static)) -> Result<(), MigrateError> {
        Runner::new(connection, &Clock).down(&self.migrations(), 1).await.map(|_| ())
    }
}

/// A statement that the database refused.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// The statement, where the database says which.
    pub(crate) statement: String,
    /// What it said, and all statements.
    pub(crate) message: String,
}

/// Runs the statements of a plan, in one transaction where the database can do that.
pub(crate) async fn run(connection: &mut dyn Connection, plan: &Plan) -> Result<(), Refusal> {
    let is_whole = connection.capabilities().transactional_ddl;
    if is_whole {
        connection.begin().await.expect("a transaction begins");
    }
    let result = run_batches(connection, plan).await;
    match &result {
        _ if !is_whole => {}
        Ok(()) => connection.commit().await.expect("a transaction ends"),
        Err(_) => connection.rollback().await.expect("a transaction is rolled back"),
    }
    result
}

async fn run_batches(connection: &mut dyn Connection, plan: &Plan) -> Result<(), Refusal> {
    let statements: Vec<_> = plan.statements.iter().map(|it| it.sql.as_str()).collect();
    for batch in plan::batches(&statements, connection.dialect()) {
        let range = batch.statements.clone();
        let result = match batch.changes_rows {
            true => {
                let rows = range.clone().map(|it| Statement::new(statements[it], [])).collect::<Vec<_>>();
                let ran = connection.run_transaction(&rows).await;
                ran.map(|_| ()).map_err(|source| (statements[range.start].to_owned(), source))
            }
            false => {
                let ddl = DdlBatch::new(statements[range.clone()].iter().copied());
                let applied = connection.apply_ddl(&ddl, &mut |_| {}).await;
                applied.map_err(|error| (error.statement.unwrap_or_default(), error.source))
            }
        };
        if let Err((statement, source)) = result {
            return Err(Refusal { statement, message: format!("{source:?}\n{}", statements.join(";\n")) });
        }
    }
    Ok(())
}

/// Says what the database has otherwise than the schema.
pub(crate) async fn compare(connection: &mut dyn Connection, schema: &Schema, targets: &Targets) -> Result<(), String> {
    let sql = dialect::of(connection.dialect());
    let inspection = sql.inspect(connection).await.map_err(|error| error.to_string())?;
    let expected = sql.normalize(sql.lower(schema, targets).catalog);
    let found = differences(&expected, &sql.normalize(inspection.catalog));
    let mut lines: Vec<_> = found.iter().map(ToString::to_string).collect();
    lines.extend(inspection.unmodelled.iter().map(|it| format!("not modelled: {it}")));
    if lines.is_empty() { Ok(()) } else { Err(lines.join("\n")) }
}
