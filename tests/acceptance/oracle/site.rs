//! A database that is empty before each schema.

use orm_driver::{Connection, DdlBatch, Statement};
use orm_engine::plan::plan;
use orm_model::{Dialect, Schema, Targets};
use orm_schema_lang::diagnostics::Statements;
use orm_testkit::databases::TestDatabase;

use crate::database::{block_on, run};

/// A database that is empty before each schema.
pub(super) struct Site {
    new: fn() -> Option<TestDatabase>,
    database: Option<TestDatabase>,
    /// The major version of a PostgreSQL.
    pub(super) version: Option<u32>,
}

impl Site {
    pub(super) fn new(new: fn() -> Option<TestDatabase>) -> Option<Self> {
        let database = new()?;
        let is_postgres = database.dialect() == Dialect::Postgres;
        let version = is_postgres.then(|| block_on(version(&database)).expect("a server tells its version"));
        Some(Site { new, database: Some(database), version })
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.database.as_ref().expect("a site has a database between schemas").dialect()
    }

    /// Applies a schema to the empty database; what it says against it.
    pub(super) fn apply(&mut self, schema: &Schema, targets: &Targets) -> Result<(), String> {
        let forth = plan(&Schema::default(), schema, targets, self.dialect());
        self.with(async |database| {
            let mut connection = database.connect().await.map_err(|error| error.to_string())?;
            let unsupported: Vec<_> = forth.unsupported.iter().map(ToString::to_string).collect();
            if !unsupported.is_empty() {
                return Err(unsupported.join("\n"));
            }
            run(&mut *connection, &forth).await.map_err(|refusal| refusal.message)
        })
    }

    /// Runs statements on the empty database; what it says against one of them.
    pub(super) fn send(&mut self, statements: &Statements) -> Result<(), String> {
        self.with(async |database| {
            let mut connection = database.connect().await.map_err(|error| error.to_string())?;
            for statement in statements.each() {
                send(&mut *connection, statement).await?;
            }
            Ok(())
        })
    }

    fn with(&mut self, task: impl AsyncFnOnce(&TestDatabase) -> Result<(), String>) -> Result<(), String> {
        let database = self.database.take().or_else(self.new).expect("the server is there");
        let result = block_on(task(&database));
        // A new database is quick where DDL cannot be undone, and slow where one schema holds all that was made.
        self.database = match database.dialect().capabilities().transactional_ddl {
            true => block_on(empty_again(&database)).map(|()| database).ok().or_else(self.new),
            false => (self.new)(),
        };
        result
    }
}

/// Sends a statement the way that its first word asks for.
async fn send(connection: &mut dyn Connection, statement: &str) -> Result<(), String> {
    let result = match statement.split_whitespace().next() {
        Some("SELECT" | "WITH") => connection.query(statement, &[]).await.map(drop),
        Some("INSERT" | "UPDATE" | "DELETE") => {
            connection.run_transaction(&[Statement::new(statement, [])]).await.map(drop)
        }
        _ => {
            let result = connection.apply_ddl(&DdlBatch::new([statement]), &mut |_| {}).await;
            return result.map_err(|error| error.source.to_string());
        }
    };
    result.map_err(|error| error.to_string())
}

async fn version(database: &TestDatabase) -> orm_driver::Result<u32> {
    let mut connection = database.connect().await?;
    let rows = connection.query("SELECT current_setting('server_version_num') AS version", &[]).await?;
    let number: String = rows[0].get("version")?;
    Ok(number.parse::<u32>().expect("a number") / 10_000)
}

/// Takes everything away that is in a PostgreSQL database.
pub(crate) async fn empty_again(database: &TestDatabase) -> orm_driver::Result<()> {
    let mut connection = database.connect().await?;
    let schemas =
        "SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'";
    for row in connection.query(schemas, &[]).await? {
        let name: String = row.get("name")?;
        connection.execute(&format!("DROP SCHEMA \"{}\" CASCADE", name.replace('"', "\"\"")), &[]).await?;
    }
    connection.execute("CREATE SCHEMA public", &[]).await?;
    Ok(())
}
