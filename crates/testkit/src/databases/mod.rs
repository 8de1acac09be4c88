//! A real, empty database for each test, gone afterwards.
//!
//! ```no_run
//! use orm_testkit::databases;
//!
//! # async fn test() -> orm_driver::Result<()> {
//! let Some(database) = databases::postgres() else { return Ok(()) };
//! let mut connection = database.connect().await?;
//! connection.execute("CREATE TABLE t (id bigint)", &[]).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Servers come from the environment when `cargo xtask test` has started them for all test processes ([`TestServers`]); otherwise each test process starts its own.
//! A database that the machine lacks makes the functions return `None` and say how to get it, so that a test returns early; with `CI=true` they panic instead.

mod pglite;
mod postgres;
mod process;
mod servers;
mod spanner;

use std::env;
use std::future::Future;

use orm_driver::{ConnectOptions, Connection, DatabaseUrl, connect};
use orm_model::dialect::Dialect;
use tempfile::TempDir;

pub use postgres::PostgresServer;
pub use servers::TestServers;
pub use spanner::SpannerServer;

/// Why a server is not there.
#[derive(Debug)]
pub enum StartError {
    /// The machine lacks it; the text tells how to get it.
    Missing(String),
    /// It is there and does not start; the text tells what happened.
    Failed(String),
}

/// An empty database that one test has for itself. It is dropped with this value.
#[derive(Debug)]
pub struct TestDatabase {
    url: DatabaseUrl,
    options: ConnectOptions,
    /// A directory that lives as long as the embedded database in it.
    _directory: Option<TempDir>,
}

impl TestDatabase {
    /// Its URL, with the password if it has one.
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// The URL as text for a command line, password included.
    pub fn url_text(&self) -> String {
        match &self.url {
            DatabaseUrl::Postgres(url) => url.to_secret_string(),
            other => other.to_string(),
        }
    }

    /// Its dialect.
    pub fn dialect(&self) -> Dialect {
        self.url.dialect()
    }

    /// What to connect with; it holds the emulator's address.
    pub fn options(&self) -> &ConnectOptions {
        &self.options
    }

    /// Variables that another program, such as the binary `orm`, needs to find the database.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let emulator = self.options.spanner_emulator_host.clone();
        emulator.map(|host| (spanner::HOST_VARIABLE, host)).into_iter().collect()
    }

    /// Opens a connection.
    pub async fn connect(&self) -> orm_driver::Result<Box<dyn Connection>> {
        connect(&self.url, &self.options).await
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // A database that can't be dropped stays behind on a server that is thrown away itself.
        match &self.url {
            DatabaseUrl::Postgres(url) => _ = block_on(postgres::drop_database(url, &self.options)),
            DatabaseUrl::Spanner(_) => _ = block_on(orm_driver::admin::drop_database(&self.url, &self.options)),
            DatabaseUrl::Pglite(_) => {}
        }
    }
}

/// A database of a PostgreSQL server.
pub fn postgres() -> Option<TestDatabase> {
    available("PostgreSQL", postgres::database())
}

/// A database embedded in the test process, in a directory of its own.
pub fn pglite() -> Option<TestDatabase> {
    available("PGlite", pglite::database())
}

/// A database of a Spanner emulator.
pub fn spanner() -> Option<TestDatabase> {
    available("Spanner emulator", spanner::database())
}

/// One database of each kind that the machine has.
pub fn all() -> Vec<TestDatabase> {
    [postgres(), pglite(), spanner()].into_iter().flatten().collect()
}

/// A database when it is there; otherwise says why not, or panics where nothing may be missing.
fn available(name: &str, database: Result<TestDatabase, StartError>) -> Option<TestDatabase> {
    match database {
        Ok(database) => Some(database),
        Err(StartError::Missing(how)) if !is_ci() => {
            eprintln!("skipped: {name}: {how}");
            None
        }
        Err(StartError::Missing(how)) => panic!("{name} is missing, and CI=true allows no gaps: {how}"),
        Err(StartError::Failed(what)) => panic!("{name} does not start: {what}"),
    }
}

fn is_ci() -> bool {
    env::var("CI").is_ok_and(|it| it == "true")
}

/// A name that no other test uses, good on every server: 26 characters, a letter first.
fn unique_name() -> String {
    let random = uuid::Uuid::new_v4().simple().to_string();
    format!("orm_test_{}", &random[..17])
}

/// Waits for a future from anywhere, inside a runtime too.
fn block_on<F>(future: F) -> F::Output
where
    F: Future + Send,
    F::Output: Send,
{
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime can be made").block_on(future)
    };
    std::thread::scope(|scope| scope.spawn(run).join()).expect("the future does not panic")
}

/// Creates a database, which is the proof that its server runs.
fn create(url: DatabaseUrl, options: ConnectOptions) -> Result<TestDatabase, StartError> {
    block_on(orm_driver::admin::create_database(&url, &options))
        .map_err(|error| StartError::Failed(error.to_string()))?;
    Ok(TestDatabase { url, options, _directory: None })
}
