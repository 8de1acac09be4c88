//! The trait that every database implements, and the plain data it speaks.

use async_trait::async_trait;
use orm_model::dialect::Dialect;

use crate::error::{DdlError, Result};
use crate::parameter::{Access, Outcome, TypedStatement};
use crate::row::Row;
use crate::value::Value;

/// One open session of a database.
///
/// Parameters are positional in both dialects: the first is written `$1` for PostgreSQL and `@p1` for Spanner.
///
/// Every future may be dropped (Ctrl-C, a timeout).
/// On PostgreSQL that rolls back the open transaction as soon as the connection closes; on Spanner an uncommitted transaction expires and a started schema change goes on,
/// to be picked up again through [`DdlBatch::operation_id`].
#[async_trait]
pub trait Connection: Send {
    /// The SQL dialect that the database understands.
    fn dialect(&self) -> Dialect;

    /// What this database can do beyond running statements.
    fn capabilities(&self) -> Capabilities;

    /// The database's name for people, without secrets: what [`DatabaseUrl`](crate::DatabaseUrl) displays.
    fn target(&self) -> &str;

    /// The server's own version text, such as `15.18` or `Cloud Spanner emulator`.
    async fn server_version(&mut self) -> Result<String>;

    /// Runs one statement that returns no rows, and tells how many rows it changed (0 for DDL).
    ///
    /// Spanner runs it in a transaction of its own; schema changes go through [`apply_ddl`](Self::apply_ddl) there.
    async fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64>;

    /// Runs one statement and collects all its rows.
    ///
    /// On Spanner this reads a strong snapshot, so only queries can be run.
    async fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>>;

    /// Opens a transaction; needs [`Capabilities::explicit_transactions`].
    async fn begin(&mut self) -> Result<()>;

    /// Commits the transaction opened by [`begin`](Self::begin).
    async fn commit(&mut self) -> Result<()>;

    /// Rolls back the transaction opened by [`begin`](Self::begin).
    async fn rollback(&mut self) -> Result<()>;

    /// Runs DML statements as one atomic transaction of their own, and tells how many rows each changed.
    ///
    /// Works on every database and is refused inside [`begin`](Self::begin).
    /// Spanner reruns all statements when it aborts the transaction, so that an [`Aborted`](crate::ErrorKind::Aborted) error means that the retries ran out.
    async fn run_transaction(&mut self, statements: &[Statement]) -> Result<Vec<u64>>;

    /// Runs statements in order, and gives the rows and the number of changed rows of each.
    ///
    /// With [`Access::Write`] they are one atomic transaction: the caller's if one is open, otherwise one of their own, which Spanner reruns when it aborts it.
    /// With [`Access::WriteIf`] their changes are undone, and nothing else of an open transaction, where they give more or fewer rows.
    /// With [`Access::Read`] each sees what was committed when it started.
    async fn run_statements(&mut self, statements: &[TypedStatement], access: Access) -> Result<Vec<Outcome>>;

    /// Applies schema changes in order, calling `progress` after each statement that took effect.
    ///
    /// PostgreSQL runs them one by one, in the caller's transaction if one is open.
    /// Spanner sends them as one `UpdateDatabaseDdl` call and waits for its operation; there a failure leaves the first [`DdlError::applied`] statements in effect.
    async fn apply_ddl(
        &mut self,
        batch: &DdlBatch,
        progress: &mut (dyn FnMut(DdlProgress) + Send),
    ) -> std::result::Result<(), DdlError>;

    /// Takes the lock `key` for this session without waiting; `false` when another session holds it.
    ///
    /// Needs [`Capabilities::session_locks`]; the lock ends with the connection at the latest.
    async fn try_lock(&mut self, key: i64) -> Result<bool>;

    /// Gives back the lock `key`; an error when this session does not hold it.
    async fn unlock(&mut self, key: i64) -> Result<()>;

    /// What the server remarked since the last call (PostgreSQL's NOTICE and WARNING), oldest first.
    fn take_notices(&mut self) -> Vec<Notice>;

    /// Closes the session in order and reports what went wrong while doing so. Dropping it closes it as well, but silently.
    async fn close(self: Box<Self>) -> Result<()>;
}

/// What a database can do beyond running statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// [`Connection::begin`], `commit` and `rollback` work.
    pub explicit_transactions: bool,
    /// Schema changes take part in an explicit transaction, so that a failed migration leaves nothing behind.
    pub transactional_ddl: bool,
    /// [`Connection::try_lock`] and `unlock` work. Without them the caller needs a lease row.
    pub session_locks: bool,
}

impl Capabilities {
    /// PostgreSQL and PGlite.
    pub const POSTGRES: Self = Self { explicit_transactions: true, transactional_ddl: true, session_locks: true };

    /// Google Spanner and its emulator.
    pub const SPANNER: Self = Self { explicit_transactions: false, transactional_ddl: false, session_locks: false };
}

/// A statement with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The SQL text, with `$1` or `@p1` for the first parameter.
    pub sql: String,
    /// The parameters, in order.
    pub params: Vec<Value>,
}

impl Statement {
    /// A statement with parameters.
    pub fn new(sql: impl Into<String>, params: impl Into<Vec<Value>>) -> Self {
        Self { sql: sql.into(), params: params.into() }
    }
}

/// Schema changes that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DdlBatch {
    /// The statements in order, each without a closing semicolon or with it.
    pub statements: Vec<String>,
    /// Names this attempt, so that a caller killed while Spanner was still working can wait for the same work instead of starting it twice.
    ///
    /// Spanner: when an operation of this name exists, its outcome is awaited and nothing new is started; so a name stands for one attempt and is journaled before it is used.
    /// It starts with a lower-case letter and goes on with letters, digits and `_`, at most 128 characters. PostgreSQL ignores it.
    pub operation_id: Option<String>,
}

impl DdlBatch {
    /// A batch whose attempt has no name.
    pub fn new<S: Into<String>>(statements: impl IntoIterator<Item = S>) -> Self {
        Self { statements: statements.into_iter().map(Into::into).collect(), operation_id: None }
    }

    /// The same batch with a name for this attempt, see [`operation_id`](Self::operation_id).
    #[must_use]
    pub fn named(mut self, operation_id: impl Into<String>) -> Self {
        self.operation_id = Some(operation_id.into());
        self
    }
}

/// How far a [`DdlBatch`] got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DdlProgress {
    /// Statements that took effect.
    pub applied: usize,
    /// Statements in the batch.
    pub total: usize,
}

/// A remark of the server that is no error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The server's word for its weight: `NOTICE`, `WARNING`, …
    pub severity: String,
    /// The text.
    pub message: String,
}
