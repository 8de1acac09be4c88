//! One run at a time: a lock of the session where the database has them, a lease that expires where not.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use futures_util::future::{Either, select};
use orm_driver::{Connection, Statement};

use super::{
    dialect::{LeaseDialect, migration_dialect},
    error::MigrateError,
    event::Event,
    history,
    options::RunOptions,
};

/// Waiting, which the engine leaves to its caller's runtime.
#[async_trait]
pub trait Timer: Send + Sync {
    /// Returns after `duration`.
    async fn sleep(&self, duration: Duration);
}

/// The lock of the session: "orm_migr" in ASCII, so that no other program takes the same number by accident.
const SESSION_KEY: i64 = i64::from_be_bytes(*b"orm_migr");

/// How often a lock is asked for again.
pub(crate) const POLL: Duration = Duration::from_millis(250);

/// How often waiting is told.
const TELL: Duration = Duration::from_secs(5);

/// A lock that is held.
pub(crate) enum Lock {
    Session,
    Lease { dialect: &'static dyn LeaseDialect, owner: String, duration: Duration },
}

impl Lock {
    /// The lease for this run, or the lock of the session.
    fn for_connection(connection: &dyn Connection, options: &RunOptions) -> Self {
        match migration_dialect(connection.dialect()).lease() {
            Some(dialect) if !connection.capabilities().session_locks => Lock::Lease {
                dialect,
                owner: format!("{} {}", options.owner, uuid::Uuid::new_v4()),
                duration: options.lease,
            },
            _ => Lock::Session,
        }
    }

    /// Takes the lock, waiting for it as long as the options say, and creates the runner's tables.
    pub(crate) async fn acquire(
        connection: &mut dyn Connection,
        timer: &dyn Timer,
        options: &RunOptions,
        events: &mut (dyn FnMut(Event<'_>) + Send),
    ) -> Result<Self, MigrateError> {
        let lock = Self::for_connection(connection, options);
        // A lease is a row, so its table comes first; both runs of a race may create it.
        if let Lock::Lease { dialect, .. } = &lock {
            history::create_tables(connection, timer).await?;
            let created = transaction(connection, timer, &[dialect.create_row()]).await;
            created.map_err(|error| MigrateError::database("create the lock for migrations", error))?;
        }
        let (started, mut told) = (Instant::now(), None);
        while !lock.try_acquire(connection).await? {
            let waited = started.elapsed();
            let holder = lock.holder(connection).await?;
            if waited >= options.lock_wait {
                return Err(MigrateError::Locked { holder, waited_seconds: waited.as_secs() });
            }
            if told.is_none_or(|told| waited >= told + TELL) {
                events(Event::WaitingForLock { holder: holder.as_deref(), waited });
                told = Some(waited);
            }
            timer.sleep(POLL).await;
        }
        if let Lock::Session = &lock {
            history::create_tables(connection, timer).await?;
        }
        Ok(lock)
    }

    async fn try_acquire(&self, connection: &mut dyn Connection) -> Result<bool, MigrateError> {
        let result = match self {
            Lock::Session => connection.try_lock(SESSION_KEY).await,
            Lock::Lease { dialect, owner, duration } => {
                let changed = connection.run_transaction(&[dialect.acquire(owner, *duration)]).await;
                changed.map(|it| it.first() == Some(&1))
            }
        };
        match result {
            // Both runs wrote to the row at once.
            Err(error) if migration_dialect(connection.dialect()).is_transient(&error) => Ok(false),
            other => other.map_err(|error| MigrateError::database("take the lock for migrations", error)),
        }
    }

    /// Who holds the lock, without the part that keeps two runs apart.
    async fn holder(&self, connection: &mut dyn Connection) -> Result<Option<String>, MigrateError> {
        let Lock::Lease { dialect, .. } = self else { return Ok(None) };
        let failed = |error| MigrateError::database("look who holds the lock for migrations", error);
        let holder = dialect.holder();
        let rows = connection.query(&holder.sql, &holder.params).await.map_err(failed)?;
        let owner: Option<String> = rows.first().map(|it| it.get("owner")).transpose().map_err(failed)?;
        Ok(owner.and_then(|it| it.rsplit_once(' ').map(|(name, _)| name.to_owned())))
    }

    /// Gives the lock back.
    pub(crate) async fn release(self, connection: &mut dyn Connection) -> Result<(), MigrateError> {
        let result = match self {
            Lock::Session => connection.unlock(SESSION_KEY).await,
            Lock::Lease { dialect, owner, .. } => {
                connection.run_transaction(&[dialect.release(&owner)]).await.map(|_| ())
            }
        };
        result.map_err(|error| MigrateError::database("give back the lock for migrations", error))
    }

    /// Runs the statements as one transaction, which fails if the lock is no longer held.
    pub(crate) async fn write(
        &self,
        connection: &mut dyn Connection,
        timer: &dyn Timer,
        statements: &[Statement],
    ) -> orm_driver::Result<()> {
        let guard = match self {
            Lock::Session => None,
            Lock::Lease { dialect, owner, duration } => Some(dialect.renew(owner, *duration)),
        };
        let statements: Vec<_> = guard.into_iter().chain(statements.iter().cloned()).collect();
        transaction(connection, timer, &statements).await
    }

    /// Awaits `work` and renews the lease meanwhile over a second connection, if there is one.
    ///
    /// Without it, or when renewing fails, another run may take over a schema change that takes long. That does no harm:
    /// it waits for the same operation, and this run learns of it at its next [`write`](Self::write).
    pub(crate) async fn hold<T>(
        &self,
        heartbeat: Option<&mut (dyn Connection + 'static)>,
        timer: &dyn Timer,
        work: impl Future<Output = T> + Send,
    ) -> T {
        let (Lock::Lease { dialect, owner, duration }, Some(connection)) = (self, heartbeat) else {
            return work.await;
        };
        let beat = async {
            loop {
                timer.sleep(*duration / 3).await;
                if connection.run_transaction(&[dialect.renew(owner, *duration)]).await.is_err() {
                    return;
                }
            }
        };
        match select(std::pin::pin!(work), std::pin::pin!(beat)).await {
            Either::Left((result, _)) => result,
            Either::Right(((), work)) => work.await,
        }
    }
}

/// How often something is tried that something else was in the way of.
pub(crate) const ATTEMPTS: u32 = 8;

/// Runs a transaction, again when something else was in its way.
async fn transaction(
    connection: &mut dyn Connection,
    timer: &dyn Timer,
    statements: &[Statement],
) -> orm_driver::Result<()> {
    let sql = migration_dialect(connection.dialect());
    for attempt in 1..ATTEMPTS {
        match connection.run_transaction(statements).await {
            Err(error) if sql.is_transient(&error) => timer.sleep(POLL * attempt).await,
            result => return result.map(|_| ()),
        }
    }
    connection.run_transaction(statements).await.map(|_| ())
}
