//! The session of a PostgreSQL server, and of the embedded one.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use orm_model::dialect::Dialect;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_postgres::types::ToSql;
use tokio_postgres::{AsyncMessage, Client, Connection as Protocol, GenericClient};

use super::error::statement_error;
use super::value::Wire;
use crate::connection::{Capabilities, Connection, DdlBatch, DdlProgress, Notice, Statement};
use crate::error::{DdlError, Error, ErrorKind, Result};
use crate::parameter::{Access, Outcome, TypedStatement};
use crate::row::Row;
use crate::value::Value;

/// A session; its protocol runs in a task or thread of its own.
pub(crate) struct PostgresConnection {
    client: Client,
    notices: Notices,
    target: String,
    in_transaction: bool,
    /// Declared last: it ends when the client is gone.
    worker: Worker,
}

/// What moves the bytes between client and server.
pub(crate) enum Worker {
    /// A task of the caller's runtime.
    Task(tokio::task::JoinHandle<Result<()>>),
    /// A thread that also owns an embedded server. Waiting for it when the session is dropped leaves the server shut down in order.
    #[cfg_attr(not(feature = "pglite"), allow(dead_code, reason = "only the embedded server needs one"))]
    Thread(Option<std::thread::JoinHandle<Result<()>>>),
}

impl Worker {
    async fn finish(&mut self) -> Result<()> {
        match self {
            Self::Task(task) => task.await.map_err(|cause| died(&cause))?,
            Self::Thread(thread) => {
                let Some(thread) = thread.take() else { return Ok(()) };
                let joined = tokio::task::spawn_blocking(|| thread.join()).await.map_err(|cause| died(&cause))?;
                joined.map_err(|_| died(&"it panicked"))?
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if let Self::Thread(Some(thread)) = self {
            // `Drop` has no one to report to; `close` is the way to hear about failures.
            _ = std::mem::replace(thread, std::thread::spawn(|| Ok(()))).join();
        }
    }
}

fn died(cause: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Internal, format!("the connection's worker died: {cause}"))
}

/// Remarks of the server, shared between the session and its protocol.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notices(Arc<Mutex<Vec<Notice>>>);

impl Notices {
    fn push(&self, notice: Notice) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(notice);
    }

    fn take(&self) -> Vec<Notice> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs the protocol until the client is dropped or the server goes away, collecting remarks.
    pub(crate) async fn collect<S, T>(self, mut protocol: Protocol<S, T>) -> Result<()>
    where
        S: AsyncRead + AsyncWrite + Unpin,
        T: AsyncRead + AsyncWrite + Unpin,
    {
        let broken = |cause| Error::new(ErrorKind::Unreachable, "the connection broke").with_source(cause);
        while let Some(message) = poll_fn(|context| protocol.poll_message(context)).await {
            // Notifications, the other kind of message, need LISTEN, which this driver never sends.
            if let AsyncMessage::Notice(notice) = message.map_err(broken)? {
                let (severity, message) = (notice.severity().to_owned(), notice.message().to_owned());
                self.push(Notice { severity, message });
            }
        }
        Ok(())
    }
}

impl PostgresConnection {
    /// A session whose protocol runs in the current runtime.
    pub(super) fn spawn<S, T>(client: Client, protocol: Protocol<S, T>, target: String) -> Self
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
        T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let notices = Notices::default();
        let worker = Worker::Task(tokio::spawn(notices.clone().collect(protocol)));
        Self::new(client, notices, target, worker)
    }

    /// A session whose protocol someone else runs.
    pub(crate) fn new(client: Client, notices: Notices, target: String, worker: Worker) -> Self {
        Self { client, notices, target, in_transaction: false, worker }
    }

    /// Runs a statement without parameters and results by the simple protocol.
    pub(super) async fn run(&self, statement: &str) -> Result<()> {
        self.client.batch_execute(statement).await.map_err(|cause| statement_error(cause, statement))
    }

    /// The statements in the open transaction, of which nothing stays where they give other rows than they may.
    async fn run_or_undo(&self, statements: &[TypedStatement], access: Access) -> Result<Vec<Outcome>> {
        self.run("SAVEPOINT orm_rows").await?;
        let outcomes = run_all(&self.client, statements, access).await?;
        if !access.keeps(rows_of(&outcomes)) {
            self.run("ROLLBACK TO SAVEPOINT orm_rows").await?;
        }
        self.run("RELEASE SAVEPOINT orm_rows").await?;
        Ok(outcomes)
    }

    async fn ask_lock(&mut self, sql: &str, key: i64) -> Result<bool> {
        let rows = self.query(sql, &[key.into()]).await?;
        let answer = rows.first().map(|it| it.get_at(0)).transpose()?;
        answer.ok_or_else(|| Error::new(ErrorKind::Internal, "the server did not answer about a lock"))
    }

    async fn end_transaction(&mut self, statement: &str) -> Result<()> {
        if !self.in_transaction {
            return Err(Error::new(ErrorKind::Internal, format!("{statement} without a transaction")));
        }
        self.in_transaction = false;
        self.run(statement).await
    }
}

/// The rows and the number of changed rows of a statement.
async fn run_one(client: &impl GenericClient, statement: &TypedStatement, access: Access) -> Result<Outcome> {
    let TypedStatement { sql, parameters, gives_rows } = statement;
    let failed = |cause| statement_error(cause, sql);
    let parameters: Vec<_> = parameters.iter().map(|it| Wire(it.value.clone())).collect();
    if !gives_rows {
        let changed = client.execute(sql, &borrow(&parameters)).await.map_err(failed)?;
        return Ok(Outcome { rows: Vec::new(), changed });
    }
    let rows = client.query(sql, &borrow(&parameters)).await.map_err(failed)?;
    let rows = read_rows(&rows).map_err(failed)?;
    let changed = if access == Access::Read { 0 } else { rows.len() as u64 };
    Ok(Outcome { rows, changed })
}

/// What each of the statements gave.
async fn run_all(client: &impl GenericClient, statements: &[TypedStatement], access: Access) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::with_capacity(statements.len());
    for statement in statements {
        outcomes.push(run_one(client, statement, access).await?);
    }
    Ok(outcomes)
}

/// The rows of all statements together.
fn rows_of(outcomes: &[Outcome]) -> usize {
    outcomes.iter().map(|it| it.rows.len()).sum()
}

fn encode(params: &[Value]) -> Vec<Wire> {
    params.iter().cloned().map(Wire).collect()
}

fn borrow(params: &[Wire]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|it| it as &(dyn ToSql + Sync)).collect()
}

fn read_rows(rows: &[tokio_postgres::Row]) -> std::result::Result<Vec<Row>, tokio_postgres::Error> {
    let Some(first) = rows.first() else { return Ok(Vec::new()) };
    let columns: Arc<[String]> = first.columns().iter().map(|it| it.name().to_owned()).collect();
    let read = |row: &tokio_postgres::Row| {
        let values: std::result::Result<_, _> =
            (0..row.len()).map(|index| Ok(row.try_get::<_, Wire>(index)?.0)).collect();
        Ok(Row::new(columns.clone(), values?))
    };
    rows.iter().map(read).collect()
}

#[async_trait]
impl Connection for PostgresConnection {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::POSTGRES
    }

    fn target(&self) -> &str {
        &self.target
    }

    async fn server_version(&mut self) -> Result<String> {
        let rows = self.query("SHOW server_version", &[]).await?;
        let version = rows.first().map(|it| it.get_at(0)).transpose()?;
        version.ok_or_else(|| Error::new(ErrorKind::Internal, "the server has no version"))
    }

    async fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        let params = encode(params);
        self.client.execute(sql, &borrow(&params)).await.map_err(|cause| statement_error(cause, sql))
    }

    async fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let params = encode(params);
        let rows = self.client.query(sql, &borrow(&params)).await.map_err(|cause| statement_error(cause, sql))?;
        read_rows(&rows).map_err(|cause| statement_error(cause, sql))
    }

    async fn begin(&mut self) -> Result<()> {
        if self.in_transaction {
            return Err(Error::new(ErrorKind::Internal, "BEGIN inside a transaction"));
        }
        self.run("BEGIN").await?;
        self.in_transaction = true;
        Ok(())
    }

    async fn commit(&mut self) -> Result<()> {
        self.end_transaction("COMMIT").await
    }

    async fn rollback(&mut self) -> Result<()> {
        self.end_transaction("ROLLBACK").await
    }

    async fn run_transaction(&mut self, statements: &[Statement]) -> Result<Vec<u64>> {
        if self.in_transaction {
            return Err(Error::new(ErrorKind::Internal, "a transaction of its own inside a transaction"));
        }
        // Unlike BEGIN, this rolls back when the future is dropped.
        let transaction = self.client.transaction().await.map_err(|cause| statement_error(cause, "BEGIN"))?;
        let mut changed = Vec::with_capacity(statements.len());
        for Statement { sql, params } in statements {
            let params = encode(params);
            let count = transaction.execute(sql, &borrow(&params)).await;
            changed.push(count.map_err(|cause| statement_error(cause, sql))?);
        }
        transaction.commit().await.map_err(|cause| statement_error(cause, "COMMIT"))?;
        Ok(changed)
    }

    async fn run_statements(&mut self, statements: &[TypedStatement], access: Access) -> Result<Vec<Outcome>> {
        match access {
            Access::WriteIf(_) if self.in_transaction => return self.run_or_undo(statements, access).await,
            Access::Write if statements.len() > 1 && !self.in_transaction => {}
            Access::WriteIf(_) => {}
            Access::Read | Access::Write => return run_all(&self.client, statements, access).await,
        }
        let transaction = self.client.transaction().await.map_err(|cause| statement_error(cause, "BEGIN"))?;
        let outcomes = run_all(&transaction, statements, access).await?;
        match access.keeps(rows_of(&outcomes)) {
            true => transaction.commit().await.map_err(|cause| statement_error(cause, "COMMIT"))?,
            false => transaction.rollback().await.map_err(|cause| statement_error(cause, "ROLLBACK"))?,
        }
        Ok(outcomes)
    }

    async fn apply_ddl(
        &mut self,
        batch: &DdlBatch,
        progress: &mut (dyn FnMut(DdlProgress) + Send),
    ) -> std::result::Result<(), DdlError> {
        let total = batch.statements.len();
        for (applied, statement) in batch.statements.iter().enumerate() {
            let failed = |source| DdlError { applied, statement: Some(statement.clone()), source };
            self.run(statement).await.map_err(failed)?;
            progress(DdlProgress { applied: applied + 1, total });
        }
        Ok(())
    }

    async fn try_lock(&mut self, key: i64) -> Result<bool> {
        self.ask_lock("SELECT pg_try_advisory_lock($1)", key).await
    }

    async fn unlock(&mut self, key: i64) -> Result<()> {
        match self.ask_lock("SELECT pg_advisory_unlock($1)", key).await? {
            true => Ok(()),
            false => Err(Error::new(ErrorKind::Internal, format!("this session does not hold the lock {key}"))),
        }
    }

    fn take_notices(&mut self) -> Vec<Notice> {
        self.notices.take()
    }

    async fn close(self: Box<Self>) -> Result<()> {
        let Self { client, mut worker, .. } = *self;
        drop(client);
        worker.finish().await
    }
}
