//! The session of a Spanner database.

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use google_cloud_spanner::client::{DatabaseClient, Spanner};
use google_cloud_spanner::statement::Statement as WireStatement;
use google_cloud_spanner::transaction::ReadWriteTransaction;
use google_cloud_spanner::types::Type;
use google_cloud_spanner::value::Value as Wire;
use orm_model::dialect::Dialect;

use super::admin::Admin;
use super::endpoint::Endpoint;
use super::error::{client_error, unreachable};
use super::liveness::while_alive;
use super::value::{decode, encode, encode_as};
use crate::connect::ConnectOptions;
use crate::connection::{Capabilities, Connection, DdlBatch, DdlProgress, Notice, Statement};
use crate::error::{DdlError, Error, ErrorKind, Result};
use crate::parameter::{Access, Outcome, TypedStatement};
use crate::row::Row;
use crate::url::SpannerUrl;
use crate::value::Value;

/// A session; the official client keeps it alive.
pub(crate) struct SpannerConnection {
    url: SpannerUrl,
    target: String,
    endpoint: Endpoint,
    options: ConnectOptions,
    database: DatabaseClient,
    admin: Admin,
}

impl SpannerConnection {
    pub(super) async fn open(url: &SpannerUrl, endpoint: &Endpoint, options: &ConnectOptions) -> Result<Self> {
        // First, because its channel tells at once when nobody listens, where the official client would retry.
        let admin = Admin::connect(endpoint, options).await?;
        let database = tokio::time::timeout(options.timeout, open_database(url, endpoint)).await;
        let database = database.map_err(|_| unreachable(endpoint, &"it does not answer"))??;
        let (endpoint, options) = (endpoint.clone(), options.clone());
        Ok(Self { url: url.clone(), target: url.to_string(), endpoint, options, database, admin })
    }
}

/// Creates the client's session, which needs the database to exist.
async fn open_database(url: &SpannerUrl, endpoint: &Endpoint) -> Result<DatabaseClient> {
    let builder = Spanner::builder().with_endpoint(endpoint.url()).with_credentials(endpoint.credentials().clone());
    let spanner = builder.build().await.map_err(|cause| unreachable(endpoint, &cause))?;
    let database = spanner.database_client(url.database_path()).build().await;
    database.map_err(|cause| {
        let error = client_error(cause, None);
        match error.kind() {
            ErrorKind::NoSuchDatabase => error.with_hint(format!("create it with `orm db create --url {url}`")),
            _ => error,
        }
    })
}

/// Reads a result to its end; a macro, because the client does not name the type of results.
macro_rules! collect {
    ($results:expr) => {{
        let mut results = $results;
        let metadata = results.metadata();
        let (columns, types) = (metadata.column_names().into(), metadata.column_types().to_vec());
        let mut rows = Vec::new();
        let failure = loop {
            match results.next().await {
                Some(Ok(row)) => rows.push(row.raw_values().to_vec()),
                Some(Err(cause)) => break Some(cause),
                None => break None,
            }
        };
        match failure {
            Some(cause) => Err(cause),
            None => Ok(Collected { columns, types, rows, changed: results.update_count().unwrap_or(0) }),
        }
    }};
}

async fn read(database: &DatabaseClient, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
    read_snapshot(database, sql, wire_statement(sql, params)?).await
}

async fn read_snapshot(database: &DatabaseClient, sql: &str, statement: WireStatement) -> Result<Vec<Row>> {
    let failed = |cause| client_error(cause, Some(sql));
    let results = database.single_use().build().execute_query(statement).await.map_err(failed)?;
    collect!(results).map_err(failed)?.rows(sql)
}

/// A result as it came.
struct Collected {
    columns: Arc<[String]>,
    types: Vec<Type>,
    rows: Vec<Vec<Wire>>,
    changed: i64,
}

impl Collected {
    /// The rows of the statement `sql`.
    fn rows(self, sql: &str) -> Result<Vec<Row>> {
        let read = |row: &Vec<Wire>| {
            let pairs = row.iter().zip(&self.types);
            let values: Result<_> = pairs.map(|(value, ty)| decode(value, ty)).collect();
            Ok(Row::new(self.columns.clone(), values.map_err(|error| error.with_statement(sql))?))
        };
        self.rows.iter().map(read).collect()
    }
}

fn wire_statement(sql: &str, params: &[Value]) -> Result<WireStatement> {
    let mut statement = WireStatement::builder(sql);
    for (index, value) in params.iter().enumerate() {
        let name = format!("p{}", index + 1);
        statement = match encode(value).map_err(|error| error.with_statement(sql))? {
            (value, Some(ty)) => statement.add_typed_param(name, value, ty),
            (value, None) => statement.add_param(name, value),
        };
    }
    Ok(statement.build())
}

fn typed_statement(statement: &TypedStatement) -> Result<WireStatement> {
    let mut wire = WireStatement::builder(statement.sql.as_str());
    for (index, parameter) in statement.parameters.iter().enumerate() {
        let (value, ty) = encode_as(parameter).map_err(|error| error.with_statement(&statement.sql))?;
        wire = wire.add_typed_param(format!("p{}", index + 1), value, ty);
    }
    Ok(wire.build())
}

type Attempt = Pin<Box<dyn Future<Output = google_cloud_spanner::Result<Vec<i64>>> + Send>>;

/// Runs the statements once in a transaction, noting the statement it is at (their number when all ran).
///
/// A box that owns all it needs, because the compiler can't prove that an async closure's future is `Send`.
fn attempt(transaction: ReadWriteTransaction, statements: Arc<[WireStatement]>, running: Arc<AtomicUsize>) -> Attempt {
    Box::pin(async move {
        let mut changed = Vec::with_capacity(statements.len());
        for (index, statement) in statements.iter().enumerate() {
            running.store(index, Ordering::Relaxed);
            changed.push(transaction.execute_update(statement.clone()).await?);
        }
        running.store(statements.len(), Ordering::Relaxed);
        Ok(changed)
    })
}

/// Runs the statements in one transaction, and says how many rows each has changed.
async fn write(database: &DatabaseClient, statements: &[Statement]) -> Result<Vec<u64>> {
    let encoded = statements.iter().map(|it| wire_statement(&it.sql, &it.params)).collect::<Result<Arc<[_]>>>()?;
    let running = Arc::new(AtomicUsize::new(0));
    let noted = running.clone();
    let runner = database.read_write_transaction().build();
    let outcome = runner.run(move |transaction| attempt(transaction, encoded.clone(), noted.clone())).await;
    let statement = statements.get(running.load(Ordering::Relaxed)).map(|it| it.sql.as_str());
    let changed = outcome.map_err(|cause| client_error(cause, statement))?.into_inner();
    Ok(changed.into_iter().map(|it| it.try_into().unwrap_or(0)).collect())
}

type TypedAttempt = Pin<Box<dyn Future<Output = google_cloud_spanner::Result<Vec<Collected>>> + Send>>;

/// The same as [`attempt`], of statements some of which give rows.
fn typed_attempt(
    transaction: ReadWriteTransaction,
    statements: Arc<[(WireStatement, bool)]>,
    running: Arc<AtomicUsize>,
) -> TypedAttempt {
    Box::pin(async move {
        let mut outcomes = Vec::with_capacity(statements.len());
        for (index, (statement, gives_rows)) in statements.iter().enumerate() {
            running.store(index, Ordering::Relaxed);
            outcomes.push(match gives_rows {
                true => collect!(transaction.execute_query(statement.clone()).await?)?,
                false => {
                    let changed = transaction.execute_update(statement.clone()).await?;
                    Collected { columns: Arc::new([]), types: Vec::new(), rows: Vec::new(), changed }
                }
            });
        }
        running.store(statements.len(), Ordering::Relaxed);
        Ok(outcomes)
    })
}

/// Ends a transaction without its changes; what it gave is kept beside it.
#[derive(Debug, thiserror::Error)]
#[error("the transaction gave more or fewer rows than it may")]
struct Undone;

/// Runs the statements in one transaction that may write.
async fn run_writing(database: &DatabaseClient, statements: &[TypedStatement], access: Access) -> Result<Vec<Outcome>> {
    let encoded =
        statements.iter().map(|it| Ok((typed_statement(it)?, it.gives_rows))).collect::<Result<Arc<[_]>>>()?;
    let running = Arc::new(AtomicUsize::new(0));
    let noted = running.clone();
    let undone = Arc::new(Mutex::new(None));
    let kept = undone.clone();
    let runner = database.read_write_transaction().build();
    let work = move |transaction| -> TypedAttempt {
        let (encoded, noted, kept) = (encoded.clone(), noted.clone(), kept.clone());
        Box::pin(async move {
            let collected = typed_attempt(transaction, encoded, noted).await?;
            if access.keeps(collected.iter().map(|it| it.rows.len()).sum()) {
                return Ok(collected);
            }
            *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(collected);
            Err(google_cloud_spanner::Error::ser(Undone))
        })
    };
    let outcome = runner.run(work).await;
    let statement = statements.get(running.load(Ordering::Relaxed)).map(|it| it.sql.as_str());
    let undone = undone.lock().unwrap_or_else(PoisonError::into_inner).take();
    let collected = match (outcome, undone) {
        (Ok(outcome), _) => outcome.into_inner(),
        (Err(_), Some(undone)) => undone,
        (Err(cause), None) => return Err(client_error(cause, statement)),
    };
    let pairs = collected.into_iter().zip(statements);
    let outcomes = pairs.map(|(it, statement)| {
        let changed = it.changed.try_into().unwrap_or(0);
        Ok(Outcome { rows: it.rows(&statement.sql)?, changed })
    });
    outcomes.collect()
}

async fn run_reading(database: &DatabaseClient, statements: &[TypedStatement]) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::with_capacity(statements.len());
    for statement in statements {
        let rows = read_snapshot(database, &statement.sql, typed_statement(statement)?).await?;
        outcomes.push(Outcome { rows, changed: 0 });
    }
    Ok(outcomes)
}

fn unsupported(what: &str) -> Error {
    Error::new(ErrorKind::Unsupported, format!("Spanner has no {what}"))
}

#[async_trait]
impl Connection for SpannerConnection {
    fn dialect(&self) -> Dialect {
        Dialect::Spanner
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::SPANNER
    }

    fn target(&self) -> &str {
        &self.target
    }

    async fn server_version(&mut self) -> Result<String> {
        // The service has no version to ask for.
        Ok(if self.endpoint.is_emulator() { "Cloud Spanner emulator" } else { "Cloud Spanner" }.to_owned())
    }

    async fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        let changed = self.run_transaction(&[Statement::new(sql, params)]).await?;
        Ok(changed.iter().sum())
    }

    async fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        while_alive(&self.endpoint, &self.options, read(&self.database, sql, params)).await
    }

    async fn begin(&mut self) -> Result<()> {
        Err(unsupported("transactions across calls"))
    }

    async fn commit(&mut self) -> Result<()> {
        Err(unsupported("transactions across calls"))
    }

    async fn rollback(&mut self) -> Result<()> {
        Err(unsupported("transactions across calls"))
    }

    async fn run_transaction(&mut self, statements: &[Statement]) -> Result<Vec<u64>> {
        while_alive(&self.endpoint, &self.options, write(&self.database, statements)).await
    }

    async fn run_statements(&mut self, statements: &[TypedStatement], access: Access) -> Result<Vec<Outcome>> {
        let (endpoint, options) = (&self.endpoint, &self.options);
        match access {
            Access::Read => while_alive(endpoint, options, run_reading(&self.database, statements)).await,
            Access::Write | Access::WriteIf(_) => {
                while_alive(endpoint, options, run_writing(&self.database, statements, access)).await
            }
        }
    }

    async fn apply_ddl(
        &mut self,
        batch: &DdlBatch,
        progress: &mut (dyn FnMut(DdlProgress) + Send),
    ) -> std::result::Result<(), DdlError> {
        self.admin.update_ddl(&self.url, batch, progress).await
    }

    async fn try_lock(&mut self, _: i64) -> Result<bool> {
        Err(unsupported("session locks"))
    }

    async fn unlock(&mut self, _: i64) -> Result<()> {
        Err(unsupported("session locks"))
    }

    fn take_notices(&mut self) -> Vec<Notice> {
        Vec::new()
    }

    async fn close(self: Box<Self>) -> Result<()> {
        Ok(())
    }
}
