//! A connection whose process is killed at a chosen call.

use async_trait::async_trait;
use orm_driver::{
    Access, Capabilities, Connection, DdlBatch, DdlError, DdlProgress, Error, ErrorKind, Notice, Outcome, Result, Row,
    Statement, TypedStatement, Value,
};
use orm_model::Dialect;

/// Passes calls on until one of them "kills the process"; afterwards nothing reaches the database.
pub(crate) struct Crash {
    inner: Box<dyn Connection>,
    calls_left: usize,
    /// Whether the last call still reaches the database, only its answer is lost.
    answered: bool,
    dead: bool,
    in_transaction: bool,
    schema_changes: usize,
    last_schema_change: usize,
    locks: Vec<i64>,
}

impl Crash {
    /// Dies at call number `call`, from 1.
    pub(crate) fn new(inner: Box<dyn Connection>, call: usize, answered: bool) -> Self {
        Self {
            inner,
            calls_left: call,
            answered,
            dead: false,
            in_transaction: false,
            schema_changes: 0,
            last_schema_change: usize::MAX,
            locks: Vec::new(),
        }
    }

    /// What the server does when the process is gone: it rolls back and frees the locks of the session.
    pub(crate) async fn restart(mut self) -> Box<dyn Connection> {
        if self.in_transaction {
            self.inner.rollback().await.unwrap();
        }
        for key in self.locks {
            self.inner.unlock(key).await.unwrap();
        }
        self.inner
    }

    /// Dies at schema change number `schema_change`, from 1: the database makes it, the answer gets lost.
    pub(crate) fn at_schema_change(inner: Box<dyn Connection>, schema_change: usize) -> Self {
        Self { last_schema_change: schema_change, ..Self::new(inner, usize::MAX, true) }
    }

    /// How many calls for schema changes were made.
    pub(crate) fn schema_changes(&self) -> usize {
        self.schema_changes
    }

    /// Whether the call happens, and whether its answer arrives.
    fn next(&mut self) -> (bool, bool) {
        if self.dead {
            return (false, false);
        }
        self.calls_left -= 1;
        self.dead = self.calls_left == 0;
        (!self.dead || self.answered, !self.dead)
    }
}

fn killed() -> Error {
    Error::new(ErrorKind::Unreachable, "killed by the test")
}

/// Makes the call when it happens and passes its result on when the answer arrives.
macro_rules! pass {
    ($self:ident, $call:expr, $effect:expr) => {{
        let (happens, arrives) = $self.next();
        if !happens {
            return Err(killed());
        }
        let result = $call;
        #[allow(clippy::redundant_closure_call, reason = "the effect is a closure over the result")]
        $effect(&mut *$self, &result);
        if arrives { result } else { Err(killed()) }
    }};
}

#[async_trait]
impl Connection for Crash {
    fn dialect(&self) -> Dialect {
        self.inner.dialect()
    }

    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    fn target(&self) -> &str {
        self.inner.target()
    }

    async fn server_version(&mut self) -> Result<String> {
        self.inner.server_version().await
    }

    async fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        pass!(self, self.inner.execute(sql, params).await, |_: &mut Self, _: &Result<u64>| {})
    }

    async fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        pass!(self, self.inner.query(sql, params).await, |_: &mut Self, _: &Result<Vec<Row>>| {})
    }

    async fn begin(&mut self) -> Result<()> {
        pass!(self, self.inner.begin().await, |it: &mut Self, _: &Result<()>| it.in_transaction = true)
    }

    async fn commit(&mut self) -> Result<()> {
        pass!(self, self.inner.commit().await, |it: &mut Self, _: &Result<()>| it.in_transaction = false)
    }

    async fn rollback(&mut self) -> Result<()> {
        pass!(self, self.inner.rollback().await, |it: &mut Self, _: &Result<()>| it.in_transaction = false)
    }

    async fn run_statements(&mut self, statements: &[TypedStatement], access: Access) -> Result<Vec<Outcome>> {
        pass!(self, self.inner.run_statements(statements, access).await, |_: &mut Self, _: &Result<Vec<Outcome>>| {})
    }

    async fn run_transaction(&mut self, statements: &[Statement]) -> Result<Vec<u64>> {
        pass!(self, self.inner.run_transaction(statements).await, |_: &mut Self, _: &Result<Vec<u64>>| {})
    }

    async fn apply_ddl(
        &mut self,
        batch: &DdlBatch,
        progress: &mut (dyn FnMut(DdlProgress) + Send),
    ) -> std::result::Result<(), DdlError> {
        let lost = || DdlError { applied: 0, statement: None, source: killed() };
        self.schema_changes += 1;
        if self.schema_changes == self.last_schema_change {
            self.calls_left = 1;
        }
        let (happens, arrives) = self.next();
        if !happens {
            return Err(lost());
        }
        let result = self.inner.apply_ddl(batch, progress).await;
        if arrives { result } else { Err(lost()) }
    }

    async fn try_lock(&mut self, key: i64) -> Result<bool> {
        pass!(self, self.inner.try_lock(key).await, |it: &mut Self, taken: &Result<bool>| {
            if matches!(taken, Ok(true)) {
                it.locks.push(key);
            }
        })
    }

    async fn unlock(&mut self, key: i64) -> Result<()> {
        pass!(self, self.inner.unlock(key).await, |it: &mut Self, _: &Result<()>| it.locks.retain(|it| *it != key))
    }

    fn take_notices(&mut self) -> Vec<Notice> {
        self.inner.take_notices()
    }

    async fn close(self: Box<Self>) -> Result<()> {
        self.inner.close().await
    }
}
