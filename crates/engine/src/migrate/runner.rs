//! Applying migrations and taking them back.

use std::{collections::VecDeque, sync::atomic::AtomicBool};

use orm_driver::Connection;

use super::{
    error::MigrateError,
    event::Event,
    execute::Execution,
    file::{Direction, Migration},
    history::{Entry, History, State},
    lock::{Lock, Timer},
    options::RunOptions,
    preflight,
    section::Section,
    set::Migrations,
};

/// Applies migrations to one database, or takes them back.
///
/// Where the database takes schema changes into transactions, a migration and its row of the history are one
/// transaction. Elsewhere, and in sections that say `orm:no-transaction`, each step is journaled before and after it
/// ran; a step may hold schema changes of several migrations. So a run may end anywhere (its future dropped, its process killed): the next one goes on from there.
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
        let dialect = self.connection.dialect();
        let mut number = history.next_number();
        let mut sections = VecDeque::new();
        for migration in preflight::to_apply(migrations, &history, dialect)? {
            let script = preflight::script(migration, dialect, Direction::Up)?;
            let entry = history.get(migration.name.as_str()).cloned().unwrap_or_else(|| {
                number += 1;
                Entry::new(migration, script, number - 1)
            });
            sections.push_back(Section::new(migration, script, entry, is_late(migration, &history)));
        }
        self.execution(lock, Direction::Up, sections).run().await
    }

    async fn revert_last(
        &mut self,
        lock: &Lock,
        migrations: &Migrations,
        steps: usize,
    ) -> Result<RunReport, MigrateError> {
        let history = History::read(self.connection).await?;
        let dialect = self.connection.dialect();
        let mut sections = VecDeque::new();
        for (migration, entry) in preflight::to_revert(migrations, &history, dialect, steps)? {
            let script = preflight::script(migration, dialect, Direction::Down)?;
            sections.push_back(Section::new(migration, script, entry.clone(), false));
        }
        self.execution(lock, Direction::Down, sections).run().await
    }

    fn execution<'r>(
        &'r mut self,
        lock: &'r Lock,
        direction: Direction,
        sections: VecDeque<Section<'r>>,
    ) -> Execution<'r> {
        Execution {
            connection: self.connection,
            heartbeat: self.heartbeat.as_deref_mut(),
            timer: self.timer,
            lock,
            options: &self.options,
            events: &mut *self.events,
            stop: self.stop,
            direction,
            sections,
            is_alone: false,
            report: RunReport::default(),
        }
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

/// Whether a migration with a later name was applied before.
pub(crate) fn is_late(migration: &Migration, history: &History) -> bool {
    history.entries.iter().any(|it| it.state == State::Applied && it.name.as_str() > migration.name.as_str())
}
