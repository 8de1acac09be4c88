//! Applying migrations and taking them back.

use std::sync::atomic::{AtomicBool, Ordering};

use orm_driver::Connection;

use super::{
    error::MigrateError,
    event::Event,
    execute::{Execution, Outcome},
    file::{Direction, Migration},
    history::{Entry, History, State},
    lock::{Lock, Timer},
    options::RunOptions,
    preflight,
    set::Migrations,
};

/// Applies migrations to one database, or takes them back.
///
/// Where the database takes schema changes into transactions, a migration and its row of the history are one
/// transaction. Elsewhere, and in sections that say `orm:no-transaction`, each step is journaled before and after it
/// ran. So a run may end anywhere (its future dropped, its process killed): the next one goes on from there.
pub struct Runner<'a> {
    connection: &'a mut (dyn Connection + 'static),
    timer: &'a dyn Timer,
    options: RunOptions,
    heartbeat: Option<&'a mut (dyn Connection + 'static)>,
    events: Box<dyn FnMut(Event<'_>) + Send + 'a>,
    stop: Option<&'a AtomicBool>,
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct RunReport {
    /// The migrations that were applied or taken back, in that order.
    pub migrations: Vec<String>,
    /// Whether the stop signal ended the run before it was through.
    pub stopped: bool,
}

impl<'a> Runner<'a> {
    /// A runner with the default options.
    pub fn new(connection: &'a mut (dyn Connection + 'static), timer: &'a dyn Timer) -> Self {
        let options = RunOptions::default();
        Self { connection, timer, options, heartbeat: None, events: Box::new(|_| {}), stop: None }
    }

    /// The same runner with other options.
    #[must_use]
    pub fn options(mut self, options: RunOptions) -> Self {
        self.options = options;
        self
    }

    /// The same runner with a second connection to the same database, which renews the lease while a schema change
    /// takes long. Only databases without session locks need it.
    #[must_use]
    pub fn heartbeat(mut self, connection: &'a mut (dyn Connection + 'static)) -> Self {
        self.heartbeat = Some(connection);
        self
    }

    /// The same runner that tells what happens.
    #[must_use]
    pub fn on_event(mut self, events: impl FnMut(Event<'_>) + Send + 'a) -> Self {
        self.events = Box::new(events);
        self
    }

    /// The same runner that ends in order, between two steps, once `stop` is true (Ctrl-C).
    #[must_use]
    pub fn stop_signal(mut self, stop: &'a AtomicBool) -> Self {
        self.stop = Some(stop);
        self
    }

    /// Applies every migration that the database has not, in the order of their names. Nothing to do touches nothing.
    pub async fn latest(&mut self, migrations: &Migrations) -> Result<RunReport, MigrateError> {
        let history = History::read(self.connection).await?;
        if preflight::to_apply(migrations, &history, self.connection.dialect())?.is_empty() {
            return Ok(RunReport::default());
        }
        let lock = self.lock().await?;
        let result = self.apply_pending(&lock, migrations).await;
        self.unlock(lock, result).await
    }

    /// Takes back the `steps` migrations that were applied last. The data that they hold goes with them.
    pub async fn down(&mut self, migrations: &Migrations, steps: usize) -> Result<RunReport, MigrateError> {
        let history = History::read(self.connection).await?;
        if preflight::to_revert(migrations, &history, self.connection.dialect(), steps)?.is_empty() {
            return Ok(RunReport::default());
        }
        let lock = self.lock().await?;
        let result = self.revert_last(&lock, migrations, steps).await;
        self.unlock(lock, result).await
    }

    /// Looks again under the lock, since another run may have been faster, and applies what is pending.
    async fn apply_pending(&mut self, lock: &Lock, migrations: &Migrations) -> Result<RunReport, MigrateError> {
        let history = History::read(self.connection).await?;
        let work = preflight::to_apply(migrations, &history, self.connection.dialect())?;
        let mut number = history.next_number();
        let mut report = RunReport::default();
        for migration in work {
            let entry = match history.get(migration.name.as_str()) {
                Some(half_run) => half_run.clone(),
                None => {
                    number += 1;
                    let script = preflight::script(migration, self.connection.dialect(), Direction::Up)?;
                    Entry::new(migration, script, number - 1)
                }
            };
            let late = is_late(migration, &history);
            let outcome = self.execute(lock, migration, Direction::Up, entry, late).await?;
            if !report.record(migration, outcome) {
                break;
            }
        }
        Ok(report)
    }

    async fn revert_last(
        &mut self,
        lock: &Lock,
        migrations: &Migrations,
        steps: usize,
    ) -> Result<RunReport, MigrateError> {
        let history = History::read(self.connection).await?;
        let mut report = RunReport::default();
        for (migration, entry) in preflight::to_revert(migrations, &history, self.connection.dialect(), steps)? {
            let outcome = self.execute(lock, migration, Direction::Down, entry.clone(), false).await?;
            if !report.record(migration, outcome) {
                break;
            }
        }
        Ok(report)
    }

    async fn execute(
        &mut self,
        lock: &Lock,
        migration: &Migration,
        direction: Direction,
        entry: Entry,
        late: bool,
    ) -> Result<Outcome, MigrateError> {
        if self.stop.is_some_and(|it| it.load(Ordering::Relaxed)) {
            return Ok(Outcome::Stopped);
        }
        let script = preflight::script(migration, self.connection.dialect(), direction)?;
        let half_run = entry.is_recorded() && entry.state == State::while_running(direction);
        let journaled = half_run || script.no_transaction || !self.connection.capabilities().transactional_ddl;
        let execution = Execution {
            connection: self.connection,
            heartbeat: self.heartbeat.as_deref_mut(),
            timer: self.timer,
            lock,
            options: &self.options,
            events: &mut *self.events,
            stop: self.stop,
            migration,
            direction,
            script,
            journaled,
        };
        execution.run(entry, late).await
    }

    async fn lock(&mut self) -> Result<Lock, MigrateError> {
        Lock::acquire(self.connection, self.timer, &self.options, &mut *self.events).await
    }

    /// Gives the lock back; what went wrong before matters more than what goes wrong now.
    async fn unlock(&mut self, lock: Lock, result: Result<RunReport, MigrateError>) -> Result<RunReport, MigrateError> {
        let released = lock.release(self.connection).await;
        result.and_then(|report| released.map(|()| report))
    }
}

impl RunReport {
    /// Notes how a migration ended; `false` when the run is to end.
    fn record(&mut self, migration: &Migration, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Finished => self.migrations.push(migration.name.to_string()),
            Outcome::Stopped => self.stopped = true,
        }
        !self.stopped
    }
}

/// Whether a migration with a later name was applied before.
pub(crate) fn is_late(migration: &Migration, history: &History) -> bool {
    history.entries.iter().any(|it| it.state == State::Applied && it.name.as_str() > migration.name.as_str())
}
