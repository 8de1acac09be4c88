//! A connection whose schema changes take long.

use std::time::Duration;

use async_trait::async_trait;
use orm_driver::{
    Access, Capabilities, Connection, DdlBatch, DdlError, DdlProgress, Notice, Outcome, Result, Row, Statement,
    TypedStatement, Value,
};
use orm_model::Dialect;

/// Waits before every schema change.
pub(crate) struct Slow(Box<dyn Connection>);

impl Slow {
    /// How long.
    pub(crate) const DELAY: Duration = Duration::from_secs(2);

    pub(crate) fn new(inner: Box<dyn Connection>) -> Self {
        Self(inner)
    }
}

#[async_trait]
impl Connection for Slow {
    fn dialect(&self) -> Dialect {
        self.0.dialect()
    }

    fn capabilities(&self) -> Capabilities {
        self.0.capabilities()
    }

    fn target(&self) -> &str {
        self.0.target()
    }

    async fn server_version(&mut self) -> Result<String> {
        self.0.server_version().await
    }

    async fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        self.0.execute(sql, params).await
    }

    async fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        self.0.query(sql, params).await
    }

    async fn begin(&mut self) -> Result<()> {
        self.0.begin().await
    }

    async fn commit(&mut self) -> Result<()> {
        self.0.commit().await
    }

    async fn rollback(&mut self) -> Result<()> {
        self.0.rollback().await
    }

    async fn run_statements(&mut self, statements: &[TypedStatement], access: Access) -> Result<Vec<Outcome>> {
        self.0.run_statements(statements, access).await
    }

    async fn run_transaction(&mut self, statements: &[Statement]) -> Result<Vec<u64>> {
        self.0.run_transaction(statements).await
    }

    async fn apply_ddl(
        &mut self,
        batch: &DdlBatch,
        progress: &mut (dyn FnMut(DdlProgress) + Send),
    ) -> std::result::Result<(), DdlError> {
        tokio::time::sleep(Self::DELAY).await;
        self.0.apply_ddl(batch, progress).await
    }

    async fn try_lock(&mut self, key: i64) -> Result<bool> {
        self.0.try_lock(key).await
    }

    async fn unlock(&mut self, key: i64) -> Result<()> {
        self.0.unlock(key).await
    }

    fn take_notices(&mut self) -> Vec<Notice> {
        self.0.take_notices()
    }

    async fn close(self: Box<Self>) -> Result<()> {
        self.0.close().await
    }
}
